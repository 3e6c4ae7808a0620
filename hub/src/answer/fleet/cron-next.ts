import type { CronNextPage } from '@coroner/schema/http/cron-next';
import type { Pool } from '../../store/database.ts';
import { killedByCron } from '../../store/fleet/killed-by-cron.ts';
import type { CronFilter, CronPosition } from '../../store/fleet/list-cron-jobs.ts';
import { type DueLine, linesDue, schedulesOf } from '../../store/fleet/list-cron-next.ts';
import { cursorAfter } from '../cursor.ts';
import { lineOf } from './cron-jobs.ts';
import { dueRuns } from './due-runs.ts';

export type CronNextQuery = CronFilter & { since: string; until: string; limit: number };
export type DuePosition = CronPosition & { at: string };

/**
 * What runs between two times, both included, in order of time, from behind `position` on. However
 * many lines there are, what is held is their different schedules and one page.
 */
export async function cronNextPage(
  pool: Pool,
  { since, until, limit, ...filter }: CronNextQuery,
  position: DuePosition | null,
): Promise<CronNextPage> {
  const scheduled = await schedulesOf(pool, filter);
  const fromMs = Date.parse(position?.at ?? since);
  const due = dueRuns(scheduled, {
    afterMs: fromMs - 1,
    untilMs: Date.parse(until),
    countAfterMs: position ? fromMs : fromMs - 1,
    enough: limit,
  });
  const lines = await linesDue(pool, filter, due, position, limit);
  const killed = await killedByCron(pool, lines);
  const items = lines.map((line, index) => {
    const toll = killed[index];
    const { hostSilent, dueAt } = line;
    return { at: dueAt, ...lineOf(line), hostSilent, ...(toll ? { killed: toll } : {}) };
  });
  const last = lines.length === limit ? lines.at(-1) : undefined;
  return { items, next: last ? cursorOf(last, until) : null };
}

/** With the end, for "a day from now" goes on while somebody reads. */
const cursorOf = ({ dueAt, host, file, line }: DueLine, until: string): string =>
  cursorAfter(dueAt, until, host, file, String(line));
