import type { CronJob, CronJobPage } from '@coroner/schema/http/cron-jobs';
import { nextRunOf } from '@coroner/schema/schedule/next-run-of';
import type { Pool } from '../../store/database.ts';
import { killedByCron } from '../../store/fleet/killed-by-cron.ts';
import {
  type CronFilter,
  type CronLine,
  type CronPosition,
  listCronLines,
} from '../../store/fleet/list-cron-jobs.ts';
import { cursorAfter } from '../cursor.ts';

export type CronQuery = CronFilter & {
  /** Only jobs that run next within these bounds. */
  since?: string | undefined;
  until?: string | undefined;
  limit: number;
};

const linesAtOnce = 1_000;
const mostRounds = 20;

/** Lines of crontabs by host, file and line, with their next run after `now`. */
export async function cronJobPage(
  pool: Pool,
  { since, until, limit, ...filter }: CronQuery,
  position: CronPosition | null,
  now: Date,
): Promise<CronJobPage> {
  const bounded = since !== undefined || until !== undefined;
  const atOnce = bounded ? linesAtOnce : limit;
  const items: CronJob[] = [];
  let behind = position;
  for (let round = 0; round < mostRounds; round += 1) {
    const lines = await listCronLines(pool, filter, behind, atOnce);
    const killed = await killedByCron(pool, lines);
    for (const [index, line] of lines.entries()) {
      const toll = killed[index];
      const job: CronJob = { ...jobOf(line, now), ...(toll ? { killed: toll } : {}) };
      behind = job;
      if (!bounded || isBetween(job.nextRun, since, until)) items.push(job);
      if (items.length === limit) return { items, next: cursorOf(job) };
    }
    if (lines.length < atOnce) return { items, next: null };
  }
  return { items, next: behind && cursorOf(behind) };
}

function jobOf(line: CronLine, now: Date): CronJob {
  const { schedule, job } = line.event;
  const told = lineOf(line);
  return { ...told, nextRun: job == null ? nextRun(schedule, told.timeZone, now) : null };
}

/** The line without what is computed of it. */
export function lineOf({ host, file, line, readAt, event }: CronLine): Omit<CronJob, 'nextRun'> {
  const timeZone = event.timeZone ?? 'UTC';
  return {
    eventId: event.id,
    host,
    file,
    line,
    user: event.user,
    schedule: event.schedule,
    command: event.command,
    timeZone,
    timeZoneKnown: event.timeZone != null,
    readAt,
  };
}

function nextRun(schedule: string, timeZone: string, now: Date): string | null {
  try {
    return nextRunOf(schedule, timeZone, now)?.toISOString() ?? null;
  } catch {
    // A zone that this machine does not know: no time is better than a wrong one.
    return null;
  }
}

const isBetween = (at: string | null, since?: string, until?: string): boolean =>
  at !== null && (since === undefined || at >= since) && (until === undefined || at <= until);

const cursorOf = ({ host, file, line }: CronPosition): string =>
  cursorAfter(host, file, String(line));
