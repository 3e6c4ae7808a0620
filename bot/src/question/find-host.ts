import { namesProcess } from './double-words.ts';
import { isMark } from './names.ts';
import { ends, hostNouns, notHostWords } from './vocabulary.ts';

const mark = '[\\ue000-\\uefff]';
const name = `[a-z0-9_\\ue000-\\uefff][\\w.\\ue000-\\uefff-]*`;
const article = '(?:the|this|that|my|our|your)\\s+';

export interface FoundHost {
  /** Null: "the server", whichever that is. */
  host: string | null;
  /** The text without the words that told it. */
  rest: string;
  /** It is the host that ended, not a process on it: "why did the web-3 server crash". */
  itself: boolean;
}

/** Each with the groups `host`, or `noun` and perhaps `article`. */
const places: readonly RegExp[] = [
  new RegExp(`\\b(?:${hostNouns})\\s*[=:]\\s*(?<host>${name})`, 'gi'),
  new RegExp(
    `\\b(?:on|from|in|at|of)\\s+(?<article>${article})?(?<noun>${hostNouns})\\b(?:\\s+(?<host>${name}))?`,
    'gi',
  ),
  new RegExp(`\\bhost(?:name)?\\s+(?<host>${mark})`, 'gi'),
  new RegExp(`\\bon\\s+(?:${article})(?<host>${name})\\s+(?:${hostNouns})\\b`, 'gi'),
  new RegExp(
    `(?<!\\bkill\\s+-\\w+\\s+)\\bon\\s+(?:the\\s+)?(?<host>${mark})(?:\\s+(?:${hostNouns})\\b)?`,
    'gi',
  ),
  new RegExp(
    `(?<!\\bkill\\s+-\\w+\\s+)\\bon\\s+(?<host>${name})(?:\\s+(?:${hostNouns})\\b)?`,
    'gi',
  ),
  new RegExp(`\\b(?:in|at|from|and|of)\\s+(?<host>${mark})`, 'gi'),
  new RegExp(`\\bthe\\s+(?<host>${mark})\\s+(?:${hostNouns})\\b`, 'gi'),
];

const subject = new RegExp(
  `(?:^\\s*|\\b(?:did|does|is|was|were|has|had|why|happen\\w*\\s+(?:to|with))\\s+)(?:(?<article>${article})?(?<noun>${hostNouns})(?:\\s+(?<after>${mark}))?|(?:${article})?(?<before>${mark})\\s+(?:${hostNouns}))(?<verb>\\s+(?:just\\s+|been\\s+|was\\s+|is\\s+|got\\s+|so\\s+)*${ends})?(?=\\s|$|[?!.,])`,
  'i',
);

/** The host that a preposition or the word itself points to; times must be out of the text already. */
export function findHost(text: string): FoundHost | null {
  const byWord = hostByWord(text);
  const ofItself = hostItself(text, byWord !== null);
  return ofItself ?? byWord;
}

function hostByWord(text: string): FoundHost | null {
  for (const place of places) {
    for (const match of text.matchAll(place)) {
      const { article: definite, noun, host: named } = match.groups ?? {};
      const host = named ? bare(named) : '';
      const rest = (words: string) =>
        `${text.slice(0, match.index)} ${text.slice(match.index + words.length)}`;
      if (canBeHost(host)) return { host, rest: rest(match[0]), itself: false };
      if (!noun || definite || namesProcess(text.slice(match.index + match[0].indexOf(noun))))
        continue;
      // "on vm last night": what stands after it is no host, so the machine is called so.
      const words = match[0].slice(0, match[0].indexOf(noun) + noun.length);
      return { host: noun, rest: rest(words), itself: false };
    }
  }
  return null;
}

function hostItself(text: string, elsewhere: boolean): FoundHost | null {
  const match = subject.exec(text);
  const { article: definite, noun, after, before, verb } = match?.groups ?? {};
  const host = after ?? before ?? null;
  if (!match || !(host || definite || /^host/i.test(noun ?? ''))) return null;
  if (host === null && (elsewhere || !verb)) return null;
  if (host !== null && !verb && !/\bhappen/i.test(match[0])) return null;
  return { host, rest: text.replace(match[0], ' '), itself: true };
}

const bare = (word: string) => word.replace(/[.,;:!?-]+$/, '').replace(/'s$/, '');

function canBeHost(word: string): boolean {
  if (isMark(word)) return true;
  return word !== '' && !/^\d+$/.test(word) && !notHostWords.has(word.toLowerCase());
}
