import { doubleWords, ends, hostNouns, kills, processNouns } from './vocabulary.ts';

const before = `(?:^|\\b(?:did|didn't|does|do|is|was|were|has|had|why|y|wtf|and|${kills}|(?:happen\\w*|wrong|up|going\\s+on)\\s+(?:to|with)|(?:death|end|crash|exit|killer|murder|fate|kill)\\s+of|what\\s+about|how\\s+about|process|proc|service|called|named)\\s+)`;
/** What may follow a name, and does not follow a noun that is about to be named: "node web-3". */
const after = `(?=\\s*(?:$|[?!.,;:)])|\\s+(?:on|in|at|from|by|with|to|and|or|last|yesterday|today|tonight|this|just|now|around|about|before|after|since|suddenly|so|again|please|pls|plz|why|y|who|wtf|keeps?|been|is|was|were|has|had|not|already|never|\\d|${ends})(?![\\w.-]))`;

const places: readonly RegExp[] = [
  new RegExp(`\\b(${doubleWords})(?=\\s+(?:${processNouns})\\b)`, 'gi'),
  new RegExp(`(${before})(${doubleWords})\\b${after}`, 'gi'),
  // "node web-3" as "nginx web-3"; a server, box or machine is named so.
  /^(\s*(?:why\s+|who\s+killed\s+)?)(node)(?=\s+[\ue000-\uefff]\s*(?:$|[?!.,]|why\b))/gi,
];
const itself = new RegExp(`^(?:${hostNouns})\\s+(?:${processNouns})\\b`, 'i');

/**
 * "why did node die" is about a program, "on node web-3" about a machine: `put` gets each word that
 * stands where a process stands, and gives what stands there instead.
 */
export function doubleWordsAsNames(text: string, put: (name: string) => string): string {
  return places.reduce(
    (rest, place) =>
      rest.replace(place, (whole: string, first: string, second: unknown) =>
        typeof second === 'string' ? `${first}${put(second)}` : put(first ?? whole),
      ),
    text,
  );
}

/** "server process": the word is a name here. */
export function namesProcess(text: string): boolean {
  return itself.test(text);
}
