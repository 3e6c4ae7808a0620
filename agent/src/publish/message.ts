import { stableId } from '@coroner/schema/identity';
import type { SpoolBatch } from '../spool/sending.ts';

/**
 * A batch of the spool as it goes over the wire (schema/src/wire/batch.ts). The events are JSON
 * already and are not parsed again. The id depends on the events' ids alone.
 */
export function batchMessage({ header, records }: SpoolBatch): { id: string; payload: Buffer } {
  const id = stableId('batch', ...records.map((record) => record.id));
  const envelope = JSON.stringify({ v: 1, id, ...header, sentAt: new Date().toISOString() });
  const events = records.map(({ json }) => json).join(',');
  return { id, payload: Buffer.from(`${envelope.slice(0, -1)},"events":[${events}]}`) };
}
