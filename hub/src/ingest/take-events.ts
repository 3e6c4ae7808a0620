import type { ImportRequest, ImportResult } from '@coroner/schema/http/import';
import { stableId } from '@coroner/schema/identity';
import { eventSubject } from '@coroner/schema/wire/subjects';
import type { Logger } from 'pino';
import type { Pool } from '../store/database.ts';
import { databaseTime, foundInLogsSince } from '../store/deaths/found-in-logs.ts';
import { noteHost } from '../store/hosts/note-host.ts';
import { decode } from './decode/decode-message.ts';
import type { LogDeaths } from './log-deaths/look-for-deaths.ts';
import type { BatchReport } from './store-batch.ts';
import { storeSafely } from './store-safely.ts';

export interface TakeEventsOptions {
  pool: Pool;
  log: Logger;
  logDeaths: Pick<LogDeaths, 'look'>;
  onBatch: (report: BatchReport, seconds: number) => void;
}

/** Takes imported events the way that an agent's take, as things of the past: they alert nobody. */
export function takeEvents({ pool, log, logDeaths, onBatch }: TakeEventsOptions) {
  return async ({ host, events }: ImportRequest): Promise<ImportResult> => {
    const startedMs = performance.now();
    const now = new Date().toISOString();
    const batch = {
      v: 1,
      id: stableId('import', host, JSON.stringify(events)),
      host,
      bootId: 'imported',
      agent: 'import',
      sentAt: now,
      events: events.map((event) => ofHost(host, event)),
    };
    const decoded = decode({
      subject: eventSubject(host),
      data: Buffer.from(JSON.stringify(batch)),
      receivedAt: now,
    });
    const refused = decoded.rejects.map(({ reason }) => reason);
    // Nobody's clock: the time of the import.
    const began = await databaseTime(pool);
    const reports = await storeSafely(pool, [{ ...decoded, stamps: [] }], log);
    await noteHost(pool, host);
    for (const report of reports) onBatch(report, (performance.now() - startedMs) / 1000);
    const sum = (of: (report: BatchReport) => number): number =>
      reports.reduce((total, report) => total + of(report), 0);
    await logDeaths.look();
    const stored = sum((report) => report.newEvents);
    return {
      stored,
      repeated: sum((report) => report.events) - stored,
      deaths: await foundInLogsSince(pool, host, began),
      refused,
    };
  };
}

/** A reader's id depends on the line alone; two hosts may have the same one. */
function ofHost(host: string, event: unknown): unknown {
  if (typeof event !== 'object' || event === null) return event;
  const { id } = event as { id?: unknown };
  return {
    ...event,
    ...(typeof id === 'string' ? { id: stableId('imported', host, id) } : {}),
    backfilled: true,
  };
}
