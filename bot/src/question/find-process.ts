import { isMark, isTime, marks } from './names.ts';
import { ends, kills, questionWords } from './vocabulary.ts';

const one = '([^\\s,;!?]+)';
const adverbs = '(?:just\\s+|suddenly\\s+|keep\\s+|again\\s+|randomly\\s+|really\\s+|even\\s+)*';

/** Places where a name must stand, most certain first. Filler before the name was removed. */
const places: readonly RegExp[] = [
  new RegExp(`\\b(?:did|didn't|does|do)\\s+${one}\\s+${adverbs}${ends}`, 'i'),
  new RegExp(
    `\\b(?:is|was|were|has|had)\\s+${one}\\s+(?:been\\s+|being\\s+)?${adverbs}${ends}`,
    'i',
  ),
  new RegExp(`\\bhapp?e?n\\w*\\s+(?:to|with)\\s+${one}`, 'i'),
  new RegExp(`\\b(?:wrong|up|going\\s+on)\\s+with\\s+${one}`, 'i'),
  new RegExp(`\\bsen[dt]s?\\s+\\S+\\s+to\\s+${one}`, 'i'),
  new RegExp(`\\b${kills}\\s+(?:-\\S+\\s+)*(?:on\\s+)?${one}`, 'i'),
  new RegExp(`\\btook\\s+${one}\\s+(?:down|out|offline)`, 'i'),
  new RegExp(`\\b(?:death|end|crash|exit|killer|murder|fate|kill|restart)\\s+of\\s+${one}`, 'i'),
  new RegExp(`\\b(?:why|y|how\\s+come)\\s+${one}\\s+${adverbs}${ends}`, 'i'),
  new RegExp(
    `${one}\\s+(?:was\\s+|has\\s+|is\\s+|got\\s+|just\\s+|keeps?\\s+|been\\s+|suddenly\\s+)*${ends}`,
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
  return (
    /^[^-].*$/s.test(word) &&
    /[a-z]/i.test(word) &&
    !questionWords.has(word.toLowerCase()) &&
    !isTime(word)
  );
}
