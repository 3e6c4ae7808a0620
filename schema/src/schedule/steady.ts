import type { Field } from './field.ts';
import { offsetMs } from './zoned-time.ts';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** What runs less often is looked for by cron-parser. */
const mostDays = 40;
/** A clock that was put back shows the same hours again. */
const repeatedMs = 4 * 60 * minuteMs;

/**
 * The first run after `after` where the zone's clocks are not changed until then, which is a hundred
 * times as fast as to ask cron-parser; undefined where they are, or none is found soon.
 */
export function nextSteady(
  [minute, hour, dayOfMonth, month, dayOfWeek]: readonly [Field, Field, Field, Field, Field],
  timeZone: string,
  after: Date,
): Date | undefined {
  const offset = offsetMs(after.getTime(), timeZone);
  if (offsetMs(after.getTime() - repeatedMs, timeZone) !== offset) return undefined;
  const eitherDay = !dayOfMonth.star && !dayOfWeek.star;
  const isDay = (day: Date): boolean => {
    if (!month.values.includes(day.getUTCMonth() + 1)) return false;
    const inMonth = dayOfMonth.values.includes(day.getUTCDate());
    const inWeek = dayOfWeek.values.includes(day.getUTCDay());
    return eitherDay ? inMonth || inWeek : inMonth && inWeek;
  };
  const shownMs = after.getTime() + offset;
  const first = Math.floor(shownMs / dayMs) * dayMs;
  for (let dayStart = first; dayStart <= first + mostDays * dayMs; dayStart += dayMs) {
    if (!isDay(new Date(dayStart))) continue;
    for (const h of hour.values)
      for (const m of minute.values) {
        const atMs = dayStart + (h * 60 + m) * minuteMs;
        if (atMs <= shownMs) continue;
        const run = atMs - offset;
        return offsetMs(run, timeZone) === offset ? new Date(run) : undefined;
      }
  }
  return undefined;
}
