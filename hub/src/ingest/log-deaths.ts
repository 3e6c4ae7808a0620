import { setTimeout as sleep } from 'node:timers/promises';
import type { DeathEvent } from '@coroner/schema/event/death';
import { stableId } from '@coroner/schema/identity';
import type { Logger } from 'pino';
import type { Pool } from '../store/database.ts';
import { type UnexplainedOom, unexplainedOoms } from '../store/deaths/unexplained-ooms.ts';
import type { EventRow } from '../store/events/event-row.ts';
import type { BatchReport } from './store-batch.ts';
import { storeSafely } from './store-safely.ts';

/** A probe's record of the same death has this long to arrive. */
const graceSeconds = 5;
const lookEveryMs = 1_000;
/** Messages may have waited this long in the stream; older reports are history. */
const lookBackMs = 24 * 3_600_000;
const mostRemembered = 10_000;

export interface LogDeathsOptions {
  pool: Pool;
  log: Logger;
  onBatch: (report: BatchReport, seconds: number) => void;
}

/**
 * Deaths that only the kernel log knows, since no probe watched: made from OOM reports. They go the
 * way of all deaths, and a probe's record of the same death replaces them.
 */
export function startLogDeaths({ pool, log, onBatch }: LogDeathsOptions): {
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  /** Reports that were taken up already: one that the rules cannot digest is not tried for ever. */
  const tried = new Set<string>();

  async function look(): Promise<void> {
    const startedMs = Date.now();
    const since = new Date(startedMs - lookBackMs).toISOString();
    const unexplained = await unexplainedOoms(pool, since, graceSeconds);
    const found = unexplained.filter(({ event }) => !tried.has(event.id));
    if (found.length === 0) return;
    const decoded = { subject: 'log', rows: found.map(rowOf), heartbeats: [], rejects: [] };
    const reports = await storeSafely(pool, [decoded], log);
    for (const report of reports) onBatch(report, (Date.now() - startedMs) / 1000);
    if (tried.size > mostRemembered) tried.clear();
    for (const { event } of found) tried.add(event.id);
  }

  const running = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch((error: Error) =>
        log.warn({ reason: error.message }, 'cannot look for deaths in logs, trying again'),
      );
      await sleep(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => {
        // Aborted: the loop ends.
      });
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function rowOf({ host, bootId, at, receivedAt, event }: UnexplainedOom): EventRow {
  const body: DeathEvent = {
    kind: 'death',
    id: stableId('death-from-log', event.id),
    source: event.source,
    at,
    victim: {
      pid: event.pid,
      comm: event.comm,
      uid: event.uid,
      cgroup: event.taskMemcg,
      ancestry: [],
    },
    exit: { code: null, signal: 'SIGKILL', coreDumped: false },
    signals: [],
    signalsLost: 0,
    oomMarked: false,
    oomScoreAdj: event.oomScoreAdj,
    ...(event.backfilled === undefined ? {} : { backfilled: event.backfilled }),
  };
  const { id, kind, source } = body;
  const { pid, comm } = event;
  return { id, host, boot_id: bootId, kind, source, at, pid, comm, body, received_at: receivedAt };
}
