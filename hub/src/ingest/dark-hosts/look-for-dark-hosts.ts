import type { EventOf } from '@coroner/schema/event/event';
import { stableId } from '@coroner/schema/identity';
import type { Logger } from 'pino';
import { type DarkHost, wentTogether } from '../../correlate/dark.ts';
import { repeat } from '../../repeat.ts';
import type { Pool } from '../../store/database.ts';
import type { EventRow } from '../../store/events/event-row.ts';
import { newlyDark } from '../../store/hosts/newly-dark.ts';
import type { BatchReport } from '../store-batch.ts';
import { storeSafely } from '../store-safely.ts';

const lookEveryMs = 5_000;
const msPerSecond = 1000;

export interface DarkHostsOptions {
  pool: Pool;
  log: Logger;
  /** Every heartbeat that the stream has is stored, and has been for longer than a silence takes. */
  hearsAll: () => boolean;
  onBatch: (report: BatchReport, seconds: number) => void;
}

/** Notes hosts that went dark together, each as a gap of its own: they become one incident. */
export function startDarkHosts({ pool, log, hearsAll, onBatch }: DarkHostsOptions) {
  const told = new Set<string>();

  async function look(): Promise<void> {
    if (!hearsAll()) return;
    const startedMs = performance.now();
    const rows = wentTogether(await newlyDark(pool))
      .flatMap((group) => group.map((one) => rowOf(one, group)))
      .filter(({ id }) => !told.has(id));
    if (rows.length === 0) return;
    const decoded = { subject: 'hub', rows, heartbeats: [], rejects: [], stamps: [] };
    const reports = await storeSafely(pool, [decoded], log);
    for (const report of reports) onBatch(report, (performance.now() - startedMs) / msPerSecond);
    for (const { id } of rows) told.add(id);
  }

  const { stop } = repeat(look, lookEveryMs, (error) =>
    log.warn({ reason: error.message }, 'cannot look for silent hosts, trying again'),
  );
  return { look, stop };
}

/** The id depends on the silence alone: a group that grows tells nobody twice. */
function rowOf(
  { host, bootId, lastSeenAt, heartbeatAt: at }: DarkHost,
  group: readonly DarkHost[],
) {
  const id = stableId('dark', host, lastSeenAt);
  const first = group[0]?.lastSeenAt ?? lastSeenAt;
  const last = group.at(-1)?.lastSeenAt ?? lastSeenAt;
  const spreadSeconds = Math.ceil((Date.parse(last) - Date.parse(first)) / msPerSecond);
  const body: EventOf<'gap'> = {
    kind: 'gap',
    id,
    source: 'hub',
    at,
    of: 'host',
    since: at,
    until: null,
    lost: null,
    reason: `not heard since ${lastSeenAt}, with ${group.length - 1} other hosts within ${spreadSeconds} s; nothing says whether they, their network or their agents failed`,
  };
  const row: EventRow = {
    ...{ id, host, boot_id: bootId, kind: 'gap', source: 'hub', at },
    ...{ pid: null, comm: null, body, received_at: new Date().toISOString() },
  };
  return row;
}
