import { zonedTimeMs } from '@coroner/schema/schedule/zoned-time';

export interface Stamp {
  readonly timeMs: number | null;
  /** A date as `ausearch -i` prints it; else seconds since the epoch. */
  readonly interpreted: boolean;
}

const latestMs = 8.64e15;

/**
 * The time within `audit(TIME:SERIAL)`: `1451781471.394`, or a date in the locale of whoever ran
 * `ausearch -i` (`11/23/2026 03:12:07.123`, `23.11.2026 …`, `2026-11-23 …`). Null when it is neither.
 */
export function parseStamp(text: string, timeZone?: string): Stamp | null {
  const epoch = /^(\d{1,11})[.,](\d{1,3})$/.exec(text);
  if (epoch) {
    const timeMs = Number(epoch[1]) * 1000 + Number((epoch[2] ?? '').padEnd(3, '0'));
    return { timeMs: timeMs < latestMs ? timeMs : null, interpreted: false };
  }
  const date = /^(\S+)\s+(\d{1,2}):(\d{2}):(\d{2})[.,](\d{3})$/.exec(text);
  if (!date) return null;
  const day = parseDay(date[1] ?? '');
  if (!day) return { timeMs: null, interpreted: true };
  const [hour, minute, second, ms] = date.slice(2).map(Number) as [number, number, number, number];
  const [year, month, dayOfMonth] = day;
  const timeMs = zonedTimeMs([year, month, dayOfMonth, hour, minute, second], timeZone);
  return { timeMs: timeMs + ms, interpreted: true };
}

function parseDay(text: string): [number, number, number] | null {
  const match = /^(\d{1,4})([-./])(\d{1,2})[-./](\d{1,4})\.?$/.exec(text);
  if (!match) return null;
  const [first, second, third] = [Number(match[1]), Number(match[3]), Number(match[4])];
  if ((match[1] ?? '').length === 4) return valid(first, second, third);
  const year = third < 100 ? 2000 + third : third;
  // A slash is the American order unless it cannot be; a dot or a dash the day first.
  const dayFirst = match[2] !== '/' || first > 12;
  return dayFirst ? valid(year, second, first) : valid(year, first, second);
}

function valid(year: number, month: number, day: number): [number, number, number] | null {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? [year, month, day] : null;
}
