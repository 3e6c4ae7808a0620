import type { Origin } from '@coroner/schema/http/answer';
import type { NextRun } from '@coroner/schema/http/related';
import { nextRunOf } from '@coroner/schema/schedule/next-run-of';
import type { Queryable } from '../store/database.ts';
import { listCronLines } from '../store/fleet/list-cron-jobs.ts';

const mostLines = 1_000;
const mostShown = 200;

/** When the same line (its owner and command) runs next, on every host that has it; the soonest first. */
export async function nextRuns(
  on: Queryable,
  { command, user }: Extract<Origin, { type: 'cron' }>,
  now: Date,
): Promise<NextRun[]> {
  if (command === null) return [];
  const lines = await listCronLines(on, { command, user: user ?? undefined }, null, mostLines);
  return lines
    .filter(({ event }) => event.command === command && event.job == null)
    .flatMap(({ host, file, line, event }) => {
      const at = nextRun(event.schedule, event.timeZone ?? 'UTC', now);
      return at ? [{ host, file, line, at: at.toISOString() }] : [];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.host < b.host ? -1 : 1))
    .slice(0, mostShown);
}

function nextRun(schedule: string, timeZone: string, now: Date): Date | null {
  try {
    return nextRunOf(schedule, timeZone, now);
  } catch {
    // A zone that this machine does not know: no time is better than a wrong one.
    return null;
  }
}
