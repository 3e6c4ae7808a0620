import { CronExpressionParser } from 'cron-parser';
import type { Field } from './field.ts';
import type { Schedule } from './schedule.ts';
import { nextSteady } from './steady.ts';
import { offsetMs } from './zoned-time.ts';

const minuteMs = 60_000;
/** Days after the first candidate that are tried where both day fields must match: 40 years of Februaries. */
const mostDays = 1200;
/** Clocks never jump further. */
const longestGapMinutes = 180;

/**
 * The first run after `after`, by the rules of cron(8): when both day fields are restricted one
 * of them suffices; a job in the hour that a clock change skips runs right after the change.
 * Null for `@reboot`, a random field, and a schedule that no date matches.
 */
export function nextRun(schedule: Schedule, timeZone: string, after: Date): Date | null {
  const { fields } = schedule;
  if (fields === null || fields.some(({ random }) => random)) return null;
  return nextSteady(fields, timeZone, after) ?? nextChanging(fields, timeZone, after);
}

/** The same through cron-parser, which knows what a change of clocks does. */
export function nextChanging(
  fields: NonNullable<Schedule['fields']>,
  timeZone: string,
  after: Date,
): Date | null {
  const [minute, hour, dayOfMonth, , dayOfWeek] = fields;
  const [m, h, dom, mon, dow] = fields.map(({ values }) => values.join(',')) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const runs =
    dayOfMonth.star || dayOfWeek.star
      ? [nextWithin(`${m} ${h} ${dom} ${mon} *`, dayOfWeek.values, timeZone, after)]
      : [
          nextWithin(`${m} ${h} ${dom} ${mon} *`, null, timeZone, after),
          nextWithin(`${m} ${h} * ${mon} ${dow}`, null, timeZone, after),
        ];
  const [next] = runs.filter((run) => run !== null).sort((a, b) => a.getTime() - b.getTime());
  return next ? afterGap(next, hour, minute, timeZone) : null;
}

/** The first match of an expression of cron-parser on one of these weekdays (0 = Sunday; null = any). */
export function nextWithin(
  expression: string,
  weekdays: readonly number[] | null,
  tz: string,
  after: Date,
): Date | null {
  try {
    let currentDate = after;
    for (let day = 0; day < mostDays; day += 1) {
      const run = CronExpressionParser.parse(expression, { currentDate, tz }).next();
      if (weekdays === null || weekdays.includes(run.getDay())) return run.toDate();
      run.setHours(23);
      run.setMinutes(59);
      run.setSeconds(59);
      currentDate = run.toDate();
    }
    return null;
  } catch {
    // cron-parser throws for dates that do not exist (30 February) and when it has looked long enough.
    return null;
  }
}

/** cron-parser moves a skipped 02:30 to 03:30; cron runs it at 03:00. */
function afterGap(run: Date, hour: Field, minute: Field, timeZone: string): Date {
  const shown = new Date(run.getTime() + offsetMs(run.getTime(), timeZone));
  const matches =
    hour.values.includes(shown.getUTCHours()) && minute.values.includes(shown.getUTCMinutes());
  if (matches) return run;
  const offset = offsetMs(run.getTime(), timeZone);
  let at = run.getTime();
  for (let back = 0; back < longestGapMinutes; back += 1) {
    if (offsetMs(at - minuteMs, timeZone) !== offset) return new Date(at);
    at -= minuteMs;
  }
  return run;
}
