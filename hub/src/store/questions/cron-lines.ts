import type { Queryable } from '../database.ts';

/** Whether the newest that was told of a crontab line is that it was removed. */
export async function isLineGone(
  on: Queryable,
  { host, file, line, schedule }: { host: string; file: string; line: number; schedule: string },
): Promise<boolean> {
  const { rows } = await on.query<{ removed: boolean }>(
    `select coalesce((body->>'removed')::boolean, false) as removed from events
     where host = $1 and kind = 'cron-job' and kind <> 'death'
       and body->>'file' = $2 and (body->>'line')::integer = $3 and body->>'schedule' = $4
     order by at desc limit 1`,
    [host, file, line, schedule],
  );
  return rows[0]?.removed ?? false;
}
