import type { Heartbeat } from '@coroner/schema/wire/heartbeat';
import type { Transaction } from '../database.ts';

/** A heartbeat, and when JetStream took it. */
export interface ReceivedHeartbeat {
  heartbeat: Heartbeat;
  receivedAt: string;
}

/** A host whose heartbeat came, with the one before it: both by the host's clock. */
export interface HeartbeatStep {
  host: string;
  bootId: string;
  previousAt: string | null;
  at: string;
}

/** Keeps the newest heartbeat of each host (an older one changes nothing) and returns the steps made. */
export async function saveHeartbeats(
  transaction: Transaction,
  received: readonly ReceivedHeartbeat[],
): Promise<HeartbeatStep[]> {
  const newest = new Map<string, ReceivedHeartbeat>();
  for (const item of received) {
    const known = newest.get(item.heartbeat.host);
    if (!known || known.receivedAt <= item.receivedAt) newest.set(item.heartbeat.host, item);
  }
  if (newest.size === 0) return [];
  const rows = [...newest.values()].map(({ heartbeat, receivedAt }) => ({
    host: heartbeat.host,
    boot_id: heartbeat.bootId,
    kernel: heartbeat.kernel,
    os: heartbeat.os,
    agent: heartbeat.agent,
    last_seen_at: receivedAt,
    heartbeat_at: heartbeat.sentAt,
    sources: heartbeat.sources,
  }));
  const { rows: steps } = await transaction.query<HeartbeatStep>({
    name: 'save-heartbeats',
    text: `
      with beats as (
        select * from jsonb_to_recordset($1::jsonb) as row(
          host text, boot_id text, kernel text, os text, agent text,
          last_seen_at timestamptz, heartbeat_at timestamptz, sources jsonb)
      ), before as (
        select host, heartbeat_at from hosts where host in (select host from beats)
      ), saved as (
        insert into hosts as h
          (host, boot_id, kernel, os, agent, last_seen_at, heartbeat_at, sources)
        select host, boot_id, kernel, os, agent, last_seen_at, heartbeat_at, sources
        from beats order by host collate "C"
        on conflict (host) do update set
          boot_id = excluded.boot_id, kernel = excluded.kernel, os = excluded.os,
          agent = excluded.agent, last_seen_at = excluded.last_seen_at,
          heartbeat_at = excluded.heartbeat_at, sources = excluded.sources
        where h.last_seen_at is null or h.last_seen_at <= excluded.last_seen_at
        returning host, boot_id, heartbeat_at, sources
      ), watched as (
        insert into host_watches (host, since, sources)
        select host, heartbeat_at, sources from saved
        where sources is distinct from (
          select sources from host_watches w
          where w.host = saved.host and w.since <= saved.heartbeat_at
          order by w.since desc limit 1)
        on conflict (host, since) do update set sources = excluded.sources
      )
      select saved.host, saved.boot_id as "bootId", saved.heartbeat_at as at,
             before.heartbeat_at as "previousAt"
      from saved left join before using (host)`,
    values: [JSON.stringify(rows)],
  });
  return steps;
}
