import type { Queryable } from '../database.ts';

/** Four heartbeats have failed to come. */
export const silentAfterSeconds = 60;
const mostNamed = 5;

export interface SilentHost {
  host: string;
  lastSeenAt: string | null;
  /** Of the last heartbeat, by the host's own clock. */
  heartbeatAt: string | null;
}

/** Hosts (one, or all) without a heartbeat in the minute before `at` or now; an unknown host is silent too. */
export async function silentHosts(
  on: Queryable,
  host: string | null,
  at: string | null,
): Promise<SilentHost[]> {
  const { rows } = await on.query<SilentHost>({
    name: 'silent-hosts',
    text: `
      select coalesce(h.host, $1) as host, h.last_seen_at as "lastSeenAt",
             h.heartbeat_at as "heartbeatAt"
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
