import type { Actor, Origin } from '@coroner/schema/http/answer';
import { nextRunOf } from '@coroner/schema/schedule/next-run-of';
import type { Queryable } from '../store/database.ts';
import { isLineGone } from '../store/questions/cron-lines.ts';

/** The actor with the next run of its cron line, seen from now; none when the line is gone since. */
export async function withNextRun(
  on: Queryable,
  host: string,
  actor: Actor | null,
): Promise<Actor | null> {
  if (actor?.origin.type !== 'cron') return actor;
  return { ...actor, origin: { ...actor.origin, nextRun: await nextRun(on, host, actor.origin) } };
}

async function nextRun(
  on: Queryable,
  host: string,
  { file, line, schedule, timeZone }: Extract<Origin, { type: 'cron' }>,
): Promise<string | null> {
  if (file === null || line === null || schedule === null) return null;
  const next = nextRunOf(schedule, timeZone ?? 'UTC', new Date());
  if (next === null || (await isLineGone(on, { host, file, line, schedule }))) return null;
  return next.toISOString();
}
