import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type { Queryable } from '../database.ts';

/** What was watched on a host at one time; times by the host's clock, but for `lastSeenAt`. */
export interface HostWatch {
  /** Of the newest heartbeat; null when none ever came. */
  heartbeatAt: string | null;
  /** When JetStream took that. */
  lastSeenAt: string | null;
  /** Of the first heartbeat. */
  watchedSince: string | null;
  /** By the heartbeat in force then; empty when there was none. */
  sources: SourceStatus[];
}

/** A heartbeat this soon after tells of the time before it too: the agent was starting. */
const startSeconds = 60;

/** What was watched on each host at that time, in the order of `wanted`. */
export async function watchesAt(
  on: Queryable,
  wanted: readonly { host: string; at: string }[],
): Promise<HostWatch[]> {
  const { rows } = await on.query<HostWatch & { place: number }>({
    name: 'watches-at',
    text: `
      select asked.place::integer, h.heartbeat_at as "heartbeatAt",
             h.last_seen_at as "lastSeenAt", first.since as "watchedSince",
             coalesce(before.sources, soon.sources, '[]') as sources
      from unnest($1::text[], $2::timestamptz[]) with ordinality as asked(host, at, place)
      left join hosts h on h.host = asked.host
      left join lateral (
        select since from host_watches w
        where w.host = asked.host order by since limit 1) first on true
      left join lateral (
        select sources from host_watches w
        where w.host = asked.host and since <= asked.at order by since desc limit 1) before on true
      left join lateral (
        select sources from host_watches w
        where w.host = asked.host and since > asked.at
          and since <= asked.at + make_interval(secs => ${startSeconds})
        order by since limit 1) soon on true
      order by asked.place`,
    values: [wanted.map(({ host }) => host), wanted.map(({ at }) => at)],
  });
  return rows;
}
