import type { Queryable } from '../database.ts';

/** Four heartbeats have failed to come. */
export const silentAfterSeconds = 60;
const mostNamed = 5;

/** Hosts (one, or all) without a heartbeat in the minute before `at` or now; an unknown host is silent too. */
export async function silentHosts(
  on: Queryable,
  host: string | null,
  at: string | null,
): Promise<{ host: string; lastSeenAt: string | null }[]> {
  const { rows } = await on.query<{ host: string; lastSeenAt: string | null }>({
    name: 'silent-hosts',
    text: `
      select coalesce(h.host, $1) as host, h.last_seen_at as "lastSeenAt"
      from (select) nothing
      left join hosts h on $1::text is null or h.host = $1
      where coalesce(h.host, $1) is not null and (h.last_seen_at is null
        or h.last_seen_at < coalesce($2::timestamptz, now())
             - make_interval(secs => ${silentAfterSeconds}))
      order by h.last_seen_at desc nulls first limit ${mostNamed}`,
    values: [host, at],
  });
  return rows;
}
