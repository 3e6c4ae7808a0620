import { stableId } from '@coroner/schema/identity';
import { uptimeUs } from '../clock.ts';
import type { SpoolBatch } from '../spool/sending.ts';

/**
 * A batch of the spool as it goes over the wire (schema/src/wire/batch.ts). The events are JSON
 * already and are not parsed again. The id depends on the events' ids alone. `bootId` is this boot's.
 */
export function batchMessage(
  { header, records }: SpoolBatch,
  bootId: string,
): { id: string; payload: Buffer } {
  const id = stableId('batch', ...records.map((record) => record.id));
  const uptime = header.bootId === bootId ? { uptimeUs: uptimeUs() } : {};
  const sentAt = new Date().toISOString();
  const envelope = JSON.stringify({ v: 1, id, ...header, sentAt, ...uptime });
  const events = records.map(({ json }) => json).join(',');
  return { id, payload: Buffer.from(`${envelope.slice(0, -1)},"events":[${events}]}`) };
}
