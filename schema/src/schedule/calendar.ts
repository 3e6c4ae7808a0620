import { type CalendarField, calendarFields } from './calendar-fields.ts';
import { nextWithin } from './next-run.ts';

const secondMs = 1000;

/**
 * The first time after `after` that an OnCalendar expression of systemd.time(7) names, written
 * `OnCalendar=Mon *-*-* 03:00`. Null for a timer that counts from an event (OnBootSec), for an
 * expression with years, parts of seconds or `~`, and where no date matches: then it is not known.
 */
export function nextCalendar(schedule: string, timeZone: string, after: Date): Date | null {
  const expression = /^OnCalendar=(.*)$/.exec(schedule)?.[1];
  const parsed = expression === undefined ? null : calendarFields(expression);
  if (!parsed) return null;
  const { month, day, hour, minute, second, weekdays } = parsed;
  const cron = [second, minute, hour, day, month].map(joined).join(' ');
  return nextWithin(`${cron} *`, weekdays, parsed.timeZone ?? timeZone, after);
}

/** Whether a time of the expression lies at most `withinMs` before `at`; null when it cannot be told. */
export function calendarMatches(
  schedule: string,
  timeZone: string,
  at: Date,
  withinMs: number,
): boolean | null {
  const next = nextCalendar(schedule, timeZone, new Date(at.getTime() - withinMs));
  return next && next.getTime() <= at.getTime() + secondMs;
}

const joined = (field: CalendarField): string => (field === null ? '*' : field.join(','));
