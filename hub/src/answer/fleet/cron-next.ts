import type { CronNextPage } from '@coroner/schema/http/cron-next';
import type { Pool } from '../../store/database.ts';
import { killedByCron } from '../../store/fleet/killed-by-cron.ts';
import type { CronFilter, CronPosition } from '../../store/fleet/list-cron-jobs.ts';
import { type DueLine, linesDue, schedulesOf } from '../../store/fleet/list-cron-next.ts';
import { cursorAfter } from '../cursor.ts';
import { lineOf } from './cron-jobs.ts';
import { dueRuns } from './due-runs.ts';

export type CronNextQuery = CronFilter & { since: string; until: string; limit: number };
const mostRounds = 20;

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
  const lines: DueLine[] = [];
  let behind = position;
  let isEnd = false;
  for (let round = 0; round < mostRounds && lines.length < limit && !isEnd; round += 1) {
    const fromMs = Date.parse(behind?.at ?? since);
    const runs = dueRuns(scheduled, {
      afterMs: fromMs - 1,
      untilMs: Date.parse(until),
      countAfterMs: behind ? fromMs : fromMs - 1,
      enough: limit - lines.length,
    });
    isEnd = runs.isEnd;
    const found = await linesDue(pool, filter, runs.due, behind, limit - lines.length);
    lines.push(...found);
    // Lines that are gone, or changed, were counted with those that stand.
    behind = { at: runs.due.at(-1)?.at ?? until, ...behindAll };
  }
  const killed = await killedByCron(pool, lines);
  const items = lines.map((line, index) => {
    const toll = killed[index];
    const { hostSilent, dueAt } = line;
    return { at: dueAt, ...lineOf(line), hostSilent, ...(toll ? { killed: toll } : {}) };
  });
  const last = lines.at(-1);
  if (last && lines.length === limit)
    return { items, next: cursorOf({ ...last, at: last.dueAt }, until) };
  return { items, next: isEnd || !behind ? null : cursorOf(behind, until) };
}

/** With the end, for "a day from now" goes on while somebody reads. */
const cursorOf = ({ at, host, file, line }: DuePosition, until: string): string =>
  cursorAfter(at, until, host, file, String(line));

/** Behind all lines of a moment. */
const behindAll = { host: '\uffff', file: '', line: 0 };
