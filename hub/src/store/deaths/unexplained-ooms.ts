import type { EventOf } from '@coroner/schema/event/event';
import type { Queryable } from '../database.ts';

/** An OOM report that no death belongs to. */
export interface UnexplainedOom {
  host: string;
  bootId: string;
  at: string;
  receivedAt: string;
  event: EventOf<'oom-kill'>;
}

const mostAtOnce = 200;

/**
 * Reports of the OOM killer, received between `since` and `graceSeconds` ago, near which no death of
 * that process is known: by its pid, or by its name, for a report may print a thread's id. One for
 * each process, though several logs may have written it down.
 */
export async function unexplainedOoms(
  on: Queryable,
  since: string,
  graceSeconds: number,
): Promise<UnexplainedOom[]> {
  const { rows } = await on.query<UnexplainedOom>({
    name: 'unexplained-ooms',
    text: `
      select distinct on (e.host, e.pid)
        e.host, e.boot_id as "bootId", e.at, e.received_at as "receivedAt", e.body as event
      from events e
      where e.kind = 'oom-kill' and e.received_at >= $1::timestamptz
        and e.received_at < now() - make_interval(secs => $2)
        and e.body ->> 'at' is not null
        and not exists (
          select from deaths d
          where d.host = e.host and (d.pid = e.pid or d.comm = e.comm)
            and d.died_at between e.at - interval '60 seconds' and e.at + interval '60 seconds')
      order by e.host, e.pid, e.received_at
      limit ${mostAtOnce}`,
    values: [since, graceSeconds],
  });
  return rows;
}
