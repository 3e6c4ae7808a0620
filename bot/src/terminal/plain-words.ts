import { printable } from '@coroner/schema/verdict/words/printable';
import type { Word, Words } from '../conversation/words.ts';

/** How a terminal shows the kinds of words; control characters of hostile names become visible. */
export interface Style {
  code(text: string): string;
  /** IANA time zone for instants. */
  timezone: string;
}

export function plainWords(words: Words, style: Style): string {
  return words.map((word) => plainWord(word, style)).join('');
}

function plainWord(word: Word, style: Style): string {
  if (typeof word === 'string') return printable(word);
  if ('code' in word) return style.code(printable(word.code));
  return localTime(word.at, style.timezone);
}

/** `2026-11-23T03:12:07.120Z` → `2026-11-23 03:12:07 UTC`, in the reader's own zone. */
export function localTime(instant: string, timezone: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return printable(instant);
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const time = `${part('hour')}:${part('minute')}:${part('second')}`;
  return `${date} ${time} ${part('timeZoneName')}`;
}
