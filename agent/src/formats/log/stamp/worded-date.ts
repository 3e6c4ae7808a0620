import type { PrintedTime } from '../clock/clock.ts';
import { monthNumber } from '../clock/month.ts';

export type PrintedDate = Pick<PrintedTime, 'year' | 'month' | 'day'>;

/** `2024-05-06`, `2024年05月06日`. */
const yearFirst = /^(\d{4})[-/.年](\d\d)[-/.月](\d\d)日?$/;
/** `06-May-2024`, `06/mai/2024`. */
const dayFirst = /^(\d\d)[-/](\p{L}{3,9})[-/](\d{4})$/u;
/** `May/06/2024`. */
const monthFirst = /^(\p{L}{3,9})[-/](\d\d)[-/](\d{4})$/u;
/** `06.05.2024` has the day first; with slashes only a number above 12 tells. */
const yearLast = /^(\d\d)([/.])(\d\d)[/.](\d{4})$/;
const yearAlone = /^(\d{4})年?$/;
const dayAlone = /^(\d{1,2})[.日일]?$/;
const mostWords = 7;
/** `12 de agosto de 2024`; glibc's Catalan months have it in the name. */
const joining = /^(?:de|del|of)$/i;
const name = '[\\p{L}\\p{Nd}][\\p{L}\\p{M}\\p{Nd}.,-]{0,15}';
const likeDate = new RegExp(
  `^(?:${name}\\s+){0,2}(?:${name}\\s+\\d{1,2}|\\d{1,2}\\.?\\s+${name})$`,
  'u',
);

/**
 * `Di Aug 12`, `12 août`, `月 2月 8`, `Thu Jan 1 2015`: which word is what, in any order. Null when
 * the words are no date, or one that says not which day it was (`06/05/2024`, an unknown month).
 */
export function wordedDate(text: string): PrintedDate | null {
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[,،]$/, ''));
  if (words.length > mostWords) return null;
  let year: number | null = null;
  let day: number | null = null;
  const names: string[] = [];
  for (const [index, word] of words.entries()) {
    const whole = wholeDate(word);
    if (whole) return whole;
    if (yearAlone.test(word)) year ??= Number.parseInt(word, 10);
    // `Thg 8 12` is the twelfth of August.
    else if (isPartOfMonth(words[index - 1], word)) names.push(`${names.pop()} ${word}`);
    else if (dayAlone.test(word) && day === null) day = Number.parseInt(word, 10);
    else if (!joining.test(word)) names.push(word);
  }
  if (day === null) return null;
  const month = monthOf(names, day, year);
  return month === null ? null : { year, month, day };
}

/** Whether the words look like a date in a language that is not known: a name or two and a day. */
export function isLikeDate(text: string): boolean {
  return likeDate.test(text.trim());
}

function wholeDate(word: string): PrintedDate | null {
  const [, year, month, day] = yearFirst.exec(word) ?? [];
  if (year) return { year: Number(year), month: Number(month), day: Number(day) };
  const named = dayFirst.exec(word);
  if (named) return fromName(named[2], named[1], named[3]);
  const turned = monthFirst.exec(word);
  if (turned) return fromName(turned[1], turned[2], turned[3]);
  const [, first, mark, second, last] = yearLast.exec(word) ?? [];
  if (!first) return null;
  const [one, two] = [Number(first), Number(second)];
  const isDayFirst = mark === '.' || one > 12 || one === two;
  if (!isDayFirst && two <= 12) return null;
  return { year: Number(last), month: isDayFirst ? two : one, day: isDayFirst ? one : two };
}

function fromName(name = '', day = '', year = ''): PrintedDate | null {
  const date = { day: Number(day), year: Number(year) };
  const month = monthNumber(name, date);
  return month === null ? null : { ...date, month };
}

function isPartOfMonth(before: string | undefined, word: string): boolean {
  return before !== undefined && /^(?:thg|tháng)$/i.test(before) && /^\d{1,2}$/.test(word);
}

/** The month among the names; the first of several is the weekday, which may be called like one. */
function monthOf(names: readonly string[], day: number, year: number | null): number | null {
  const weekday = names.length > 1 ? names[0] : undefined;
  const context = { weekday, day, year: year ?? undefined };
  const rest = weekday === undefined ? names : names.slice(1);
  return monthNumber(rest.join(' '), context) ?? monthNumber(names.join(' '), context);
}
