import type { CronRunPage } from '@coroner/schema/http/cron-runs';
import type { Pool } from '../../store/database.ts';
import {
  aroundCronRuns,
  type CronRunFilter,
  type CronRunsRead,
  readCronRuns,
} from '../../store/fleet/list-cron-runs.ts';
import type { Position } from '../../store/lists/drizzle.ts';
import { cursorAfter } from '../cursor.ts';

/** Runs that are looked through at once where a command or a user is searched. */
const readAtOnce = 5_000;
const mostRounds = 10;

/** Runs of cron jobs on all hosts, newest first, from behind `position` on. */
export async function cronRunPage(
  pool: Pool,
  { limit, ...filter }: CronRunFilter & { limit: number },
  position: Position | null,
): Promise<CronRunPage> {
  const searched = filter.command !== undefined || filter.user !== undefined;
  const atOnce = searched ? readAtOnce : limit;
  const found: CronRunsRead['runs'] = [];
  let behind = position;
  let isEnd = false;
  for (let round = 0; round < mostRounds && found.length < limit && !isEnd; round += 1) {
    const { runs, read, last } = await readCronRuns(pool, filter, behind, atOnce);
    found.push(...runs);
    behind = last ?? behind;
    isEnd = read < atOnce;
  }
  const shown = found.slice(0, limit);
  const around = await aroundCronRuns(pool, shown);
  const items = shown.map((run, index) => ({ ...run, ...(around[index] ?? nothingAround) }));
  const last = shown.at(-1);
  // What was found beyond the page is found again for the next one.
  if (last && shown.length === limit) return { items, next: cursorAfter(last.at, last.eventId) };
  return { items, next: isEnd || !behind ? null : cursorAfter(behind.at, behind.id) };
}

const nothingAround = { job: null, end: null };
