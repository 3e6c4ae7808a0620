import type { Logger } from 'pino';
import { repeat } from '../../repeat.ts';
import type { Pool } from '../../store/database.ts';
import { dropHints, postponeHints, takeHints } from '../../store/deaths/death-hints.ts';
import type { EventRow } from '../../store/events/event-row.ts';
import type { BatchReport } from '../store-batch.ts';
import { storeSafely } from '../store-safely.ts';
import { type LogDeath, mustWait, newDeaths } from './same-death.ts';

const lookEveryMs = 1_000;

export interface LogDeathsOptions {
  pool: Pool;
  log: Logger;
  onBatch: (report: BatchReport, seconds: number) => void;
}

export interface LogDeaths {
  /** Looks now at all that is due. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Deaths that only a log knows, since no probe watched: OOM reports, fault lines, cores, abnormal
 * ends, kills by memory daemons, units whose process was killed. They go the way of all deaths, and
 * a probe's record of the same death replaces them.
 */
export function startLogDeaths({ pool, log, onBatch }: LogDeathsOptions): LogDeaths {
  async function lookOnce(): Promise<void> {
    for (;;) {
      const startedMs = performance.now();
      const taken = await takeHints(pool);
      if (taken.length === 0) return;
      const waiting = taken.filter(mustWait);
      const hints = taken.filter((hint) => !waiting.includes(hint));
      await postponeHints(
        pool,
        waiting.map(({ row }) => row.id),
      );
      const deaths = newDeaths(hints);
      if (deaths.length > 0) {
        const rows = deaths.map(rowOf);
        const decoded = { subject: 'log', rows, heartbeats: [], rejects: [], stamps: [] };
        const reports = await storeSafely(pool, [decoded], log);
        for (const report of reports) onBatch(report, (performance.now() - startedMs) / 1000);
      }
      await dropHints(
        pool,
        hints.map(({ row }) => row.id),
      );
    }
  }

  /** One at a time: who asks waits for the look under way, and then has one of its own. */
  let last = Promise.resolve();
  function look(): Promise<void> {
    const next = last.then(lookOnce, lookOnce);
    last = next;
    return next;
  }

  const { stop } = repeat(look, lookEveryMs, (error) =>
    log.warn({ reason: error.message }, 'cannot look for deaths in logs, trying again'),
  );
  return { look, stop };
}

function rowOf({ death, hint: { row } }: LogDeath): EventRow {
  const { id, kind, source } = death;
  const { pid, comm } = death.victim;
  return { ...row, id, kind, source, pid, comm, at: death.at ?? row.at, body: death };
}
