import { nextCalendar } from './calendar.ts';
import { nextRun } from './next-run.ts';
import { parseSchedule } from './schedule.ts';

const atJob = /^at (\S+)$/;

/**
 * The first run after `after` of a schedule as crontab(5) writes it, of `OnCalendar=…` of a timer, or
 * of `at TIME`; null when there is none, or it is not known.
 */
export function nextRunOf(schedule: string, timeZone: string, after: Date): Date | null {
  const once = atJob.exec(schedule)?.[1];
  if (once !== undefined) {
    const at = new Date(once);
    return at > after ? at : null;
  }
  if (schedule.startsWith('OnCalendar=')) return nextCalendar(schedule, timeZone, after);
  const parsed = parseSchedule(`${schedule} `);
  return parsed && nextRun(parsed.schedule, timeZone, after);
}
