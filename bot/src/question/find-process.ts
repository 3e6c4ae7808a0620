import { isMark, marks } from './names.ts';

/** Words of a question that are never the name of what died, whatever stands beside them. */
const questionWords = new Set(
  `a about again all also am an and any anybody anyone are around as at away be because been being
   broke but by can cause caused causes check come coroner could crash crashed crashes crashing
   daemon database dead deadd death deaths deceased did didnt die died dies disappear disappeared
   do does doing doin down dying end ended ends event exit exited exits explain fail failed fails fall
   fell find finish finished for from gave get give go goes going gone got had happen happened
   happening happens has have hello help hey hi how i in instance is it its job just kill killed killer
   killing kills know last last/ lately latest let list look lost make me might missing most my
   newest not now of off old on oom oom-killed oomed one ones or our out over
   pid please pls pod process processes program quit reason recent recently responsible restart
   restarted restarting restarts right running running? say section seems segfault segfaulted
   service shot show shut shutdown signal so some someone somebody stop stopped stops story
   sudden suddenly take tell terminate terminated thanks that the their them then there these they
   thing things this those time to today took u up us vanish vanished vanishing was we went were
   what whats what's when where which who whom who's whodunit whose why will with would yesterday you
   your host hosts server machine box node container thread aborted abort sigkill sigterm
   sigsegv sigkilled sigtermed deaths? look into figure details detail info anything everything
   else other another same`.split(/\s+/),
);

const ends =
  '(?:die[ds]?|dying|crash\\w*|exit\\w*|stop\\w*|end(?:ed|s)?|quit|vanish\\w*|disappear\\w*|terminat\\w*|fail\\w*|abort\\w*|go\\b|went|get|got|restart\\w*|fall|fell|segfault\\w*|kill\\w*|shut)';
const one = '([^\\s,;!?]+)';

/** Places where a name must stand, most certain first. Filler before the name was removed. */
const places: readonly RegExp[] = [
  new RegExp(`\\b(?:did|does|do)\\s+${one}\\s+(?:just\\s+|suddenly\\s+)?${ends}`, 'i'),
  new RegExp(
    `\\b(?:is|was|were|has|had)\\s+${one}\\s+(?:been\\s+)?(?:dead|down|gone|killed|missing|oom|${ends})`,
    'i',
  ),
  new RegExp(`\\bhappened\\s+(?:to|with)\\s+${one}`, 'i'),
  new RegExp(
    `\\b(?:killed|kills|killing|kill|stopped|terminated|crashed|shot|took down|murdered)\\s+${one}`,
    'i',
  ),
  new RegExp(`\\b(?:death|end|crash|exit|killer|murder|fate)\\s+of\\s+${one}`, 'i'),
  new RegExp(
    `${one}\\s+(?:was\\s+|has\\s+|is\\s+|got\\s+|just\\s+)*(?:dead|down|gone|killed|${ends})`,
    'i',
  ),
];

const filler =
  /\b(?:the|a|an|my|our|your|that|this|process(?:es)?|daemon|service|program|container|command|job|instance|called|named)\b/gi;

export interface ProcessNames {
  /** Most certain first; marks are names by their shape. */
  names: string[];
  /** The first one stands where a sentence has its subject, so that the others need not be names. */
  placed: boolean;
}

/** Names that could be what died. */
export function processNames(text: string): ProcessNames {
  const bare = text.replace(filler, ' ').replace(/\s+/g, ' ');
  const found: string[] = [];
  for (const place of places) {
    const name = cleaned(place.exec(bare)?.[1] ?? '');
    if (isName(name)) found.push(name);
    if (found.length > 0) break;
  }
  const placed = found.length > 0;
  for (const word of bare.split(/[\s,;!?()[\]{}]+/)) {
    const name = cleaned(word);
    if (isName(name) && !found.includes(name)) found.push(name);
  }
  return { names: found, placed };
}

function cleaned(word: string): string {
  const markInside = word.match(marks);
  if (markInside?.[0]) return markInside[0];
  return word.replace(/^['"`:.]+|['"`:.]+$/g, '').replace(/'s$/i, '');
}

function isName(word: string): boolean {
  if (isMark(word)) return true;
  return /[a-z]/i.test(word) && !questionWords.has(word.toLowerCase());
}
