import type { Heartbeat } from '@coroner/schema/wire/heartbeat';
import type { Transaction } from '../database.ts';

/** A heartbeat, and when JetStream took it. */
export interface ReceivedHeartbeat {
  heartbeat: Heartbeat;
  receivedAt: string;
}

/** One time by two clocks: the host's, and JetStream's. */
interface Beat {
  at: string;
  receivedAt: string;
}

/** A heartbeat of a host, with the one before it. */
export interface HeartbeatStep extends Beat {
  host: string;
  bootId: string;
  previous: Beat | null;
}

/**
 * Keeps the newest heartbeat of each host (an older one changes nothing) and what was watched since
 * when. Returns every step from one heartbeat to the next, also of those that waited for the hub.
 */
export async function saveHeartbeats(
  transaction: Transaction,
  received: readonly ReceivedHeartbeat[],
): Promise<HeartbeatStep[]> {
  if (received.length === 0) return [];
  const inOrder = [...received].sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  const before = await saveNewest(transaction, inOrder);
  await saveWatches(transaction, inOrder);
  const steps: HeartbeatStep[] = [];
  const last = new Map(before);
  for (const { heartbeat, receivedAt } of inOrder) {
    const { host, bootId, sentAt: at } = heartbeat;
    const previous = last.get(host) ?? null;
    if (previous && receivedAt < previous.receivedAt) continue;
    steps.push({ host, bootId, at, receivedAt, previous });
    last.set(host, { at, receivedAt });
  }
  return steps;
}

/** Returns what was the newest before, by host. */
async function saveNewest(
  transaction: Transaction,
  inOrder: readonly ReceivedHeartbeat[],
): Promise<Map<string, Beat>> {
  const newest = new Map(inOrder.map((item) => [item.heartbeat.host, item]));
  const rows = [...newest.values()].map(({ heartbeat, receivedAt }) => ({
    host: heartbeat.host,
    boot_id: heartbeat.bootId,
    kernel: heartbeat.kernel,
    os: heartbeat.os,
    agent: heartbeat.agent,
    last_seen_at: receivedAt,
    heartbeat_at: heartbeat.sentAt,
    sources: heartbeat.sources,
    labels: heartbeat.labels ?? {},
  }));
  const { rows: before } = await transaction.query<Beat & { host: string }>({
    name: 'save-heartbeats',
    text: `
      with beats as (
        select * from jsonb_to_recordset($1::jsonb) as row(
          host text, boot_id text, kernel text, os text, agent text,
          last_seen_at timestamptz, heartbeat_at timestamptz, sources jsonb, labels jsonb)
      ), saved as (
        insert into hosts as h
          (host, boot_id, kernel, os, agent, last_seen_at, heartbeat_at, sources, labels)
        select host, boot_id, kernel, os, agent, last_seen_at, heartbeat_at, sources, labels
        from beats order by host collate "C"
        on conflict (host) do update set
          boot_id = excluded.boot_id, kernel = excluded.kernel, os = excluded.os,
          agent = excluded.agent, last_seen_at = excluded.last_seen_at,
          heartbeat_at = excluded.heartbeat_at, sources = excluded.sources,
          labels = excluded.labels
        where h.last_seen_at is null or h.last_seen_at <= excluded.last_seen_at
      )
      select host, heartbeat_at as at, last_seen_at as "receivedAt"
      from hosts where host in (select host from beats) and heartbeat_at is not null`,
    values: [JSON.stringify(rows)],
  });
  return new Map(before.map(({ host, at, receivedAt }) => [host, { at, receivedAt }]));
}

/** A row where a heartbeat says something else than the one before it. */
async function saveWatches(
  transaction: Transaction,
  inOrder: readonly ReceivedHeartbeat[],
): Promise<void> {
  const rows = inOrder.map(({ heartbeat: { host, sentAt, sources } }) => ({
    host,
    since: sentAt,
    sources,
  }));
  await transaction.query({
    name: 'save-watches',
    text: `
      insert into host_watches (host, since, sources)
      select host, since, sources
      from (
        select host, since, sources,
               coalesce(
                 lag(sources) over (partition by host order by since),
                 (select sources from host_watches w
                  where w.host = beat.host and w.since <= beat.since
                  order by w.since desc limit 1)) as before
        from jsonb_to_recordset($1::jsonb) as beat(host text, since timestamptz, sources jsonb)
      ) beat
      where sources is distinct from before
      order by host collate "C", since
      on conflict (host, since) do nothing`,
    values: [JSON.stringify(rows)],
  });
}
