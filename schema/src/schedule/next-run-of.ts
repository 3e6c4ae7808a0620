import { nextRun } from './next-run.ts';
import { parseSchedule } from './schedule.ts';

/** The first run after `after` of a schedule as crontab(5) writes it; null when there is none, or it is not known. */
export function nextRunOf(schedule: string, timeZone: string, after: Date): Date | null {
  const parsed = parseSchedule(`${schedule} `);
  return parsed && nextRun(parsed.schedule, timeZone, after);
}
