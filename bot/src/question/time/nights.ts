import type { AskedAt, When } from '../question.ts';
import { startOfDay } from './local-day.ts';

const hourMs = 3_600_000;

/** Parts of a day that people name, as hours from the midnight with which that day began. */
const parts: readonly { words: RegExp; day: number; fromHour: number; untilHour: number }[] = [
  {
    words: /\b(?:last night|overnight|(?:in|during) the night|tonight)\b/i,
    day: 0,
    fromHour: -6,
    untilHour: 6,
  },
  { words: /\bthe night before last\b/i, day: -1, fromHour: -6, untilHour: 6 },
  { words: /\b(?:earlier )?this morning\b/i, day: 0, fromHour: 4, untilHour: 12 },
  { words: /\byesterday morning\b/i, day: -1, fromHour: 4, untilHour: 12 },
  { words: /\bthis afternoon\b/i, day: 0, fromHour: 12, untilHour: 18 },
  { words: /\byesterday afternoon\b/i, day: -1, fromHour: 12, untilHour: 18 },
  { words: /\bthis evening\b/i, day: 0, fromHour: 17, untilHour: 24 },
  { words: /\b(?:yesterday|last) evening\b/i, day: -1, fromHour: 17, untilHour: 24 },
  { words: /\byesterday night\b/i, day: 0, fromHour: -6, untilHour: 6 },
];

/**
 * A named part of a day that is over or under way, and where in `text` its words stand. The night
 * before today is the one that people mean at any hour of the day, and just after midnight too.
 */
export function namedPartOfDay(
  text: string,
  asked: AskedAt,
): { when: When; words: string; index: number } | null {
  // A clock time beside the words ("last night at 3:12") is more exact: the caller's parser reads it.
  for (const part of parts) {
    const match = part.words.exec(text);
    if (!match) continue;
    const midnight = startOfDay(asked.now, asked.timezone).getTime() + part.day * 24 * hourMs;
    const from = midnight + part.fromHour * hourMs;
    if (from > asked.now.getTime()) continue;
    const until = Math.min(midnight + part.untilHour * hourMs, asked.now.getTime());
    const when = {
      at: new Date((from + until) / 2).toISOString(),
      from: new Date(from).toISOString(),
      until: new Date(until).toISOString(),
      phrase: match[0],
    };
    return { when, words: match[0], index: match.index };
  }
  return null;
}
