import { CronExpressionParser } from 'cron-parser';

const hourMs = 3_600_000;
const longestDays = 31;
const dayMs = 24 * hourMs;

/** When a digest is posted, and by how much it may be late. */
export interface DigestSchedule {
  kind: 'daily' | 'weekly';
  /** Five fields of cron(8). */
  expression: string;
  /** IANA name. */
  zone: string;
}

/** After that it is no news any more: a missed one is left out. */
export const lateMs = { daily: 4 * hourMs, weekly: 24 * hourMs };

/** What a digest is of: from the schedule's time before to the last one. */
export interface Period {
  from: string;
  to: string;
}

/** The last period that is over; of at most 31 days. */
export function lastPeriod({ expression, zone: tz }: DigestSchedule, now: Date): Period {
  // The parser looks for times before its date: one that is now counts.
  const currentDate = new Date(now.getTime() + 1);
  const times = CronExpressionParser.parse(expression, { currentDate, tz });
  const to = times.prev().toDate();
  const before = times.prev().toDate();
  const from = Math.max(before.getTime(), to.getTime() - longestDays * dayMs);
  return { from: new Date(from).toISOString(), to: to.toISOString() };
}

export function nextAt({ expression, zone: tz }: DigestSchedule, now: Date): Date {
  return CronExpressionParser.parse(expression, { currentDate: now, tz }).next().toDate();
}

/** Null when it can be used; else what is wrong with it, without its name. */
export function wrongIn(schedule: Omit<DigestSchedule, 'kind'>): string | null {
  try {
    nextAt({ ...schedule, kind: 'daily' }, new Date());
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
