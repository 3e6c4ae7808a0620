import { type Day, days, type QuietHours, type Threshold } from '@coroner/schema/http/alert-routes';
import { isTimeZone } from '@coroner/schema/schedule/zoned-time';

const span = /^(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d)$/;
const threshold = /^(\d{1,4})\s+(?:deaths?\s+)?(?:in|within)\s+(\d{1,5})\s*(s|m|h)$/i;
const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/**
 * Quiet hours as they are typed: `22:00-08:00`, then days (`mon-fri`, `sat,sun`) and a time zone, both
 * if wanted. Throws an Error that shows some that are right.
 */
export function readHours(text: string, timeZone: string): QuietHours {
  const [first = '', ...rest] = text
    .trim()
    .replace(/\s*[-–]\s*/g, '-')
    .split(/\s+/);
  const [, from = '', to = ''] = span.exec(first) ?? [];
  if (from === '') throw new Error(`"${first}" is no span of hours: ${examples}`);
  const hours: QuietHours = { timeZone, from: from.padStart(5, '0'), to: to.padStart(5, '0') };
  for (const word of rest) {
    const on = daysOf(word.toLowerCase());
    if (on) hours.days = on;
    else if (isTimeZone(word)) hours.timeZone = word;
    else throw new Error(`"${word}" is neither days nor a time zone: ${examples}`);
  }
  return hours;
}

const examples = 'try 22:00-08:00, or 22:00-08:00 mon-fri Europe/Berlin';

function daysOf(text: string): Day[] | null {
  const [first, last, ...more] = text.split('-').map((name) => days.indexOf(name as Day));
  if (first !== undefined && last !== undefined && more.length === 0) {
    if (first < 0 || last < 0) return null;
    const count = ((last - first + days.length) % days.length) + 1;
    return days.filter((_, index) => (index - first + days.length) % days.length < count);
  }
  const all = text.split(',').filter((name) => name !== '');
  return all.length > 0 && all.every((name) => days.includes(name as Day)) ? (all as Day[]) : null;
}

/** A threshold as it is typed: `5 in 10m`. Throws an Error that shows one that is right. */
export function readThreshold(text: string): Threshold {
  const [, deaths, number, unit = ''] = threshold.exec(text.trim()) ?? [];
  const seconds = Number(number) * (unitSeconds[unit.toLowerCase()] ?? Number.NaN);
  if (!(seconds > 0)) throw new Error(`"${text}" is no threshold: try 5 in 10m, or 3 in 60s`);
  return { deaths: Number(deaths), seconds };
}

/** As {@link readHours} reads it. */
export function hoursText({ from, to, days: on, timeZone }: QuietHours): string {
  return [`${from}-${to}`, ...(on ? [on.join(',')] : []), timeZone].join(' ');
}

/** As {@link readThreshold} reads it. */
export function thresholdText({ deaths, seconds }: Threshold): string {
  const unit = ['h', 'm'].find((each) => seconds % (unitSeconds[each] ?? 1) === 0) ?? 's';
  return `${deaths} in ${seconds / (unitSeconds[unit] ?? 1)}${unit}`;
}
