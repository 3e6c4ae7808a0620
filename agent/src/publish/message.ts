import { stableId } from '@coroner/schema/identity';
import { uptimeUs } from '../clock.ts';
import type { SpoolBatch } from '../spool/sending.ts';

const comma = Buffer.from(',');
const end = Buffer.from(']}');

/**
 * A batch of the spool as it goes over the wire (schema/src/wire/batch.ts). The events are JSON in
 * UTF-8 already and are neither parsed nor made text again. The id depends on the events' ids alone. `bootId` is this boot's.
 */
export function batchMessage(
  { header, records }: SpoolBatch,
  bootId: string,
): { id: string; payload: Buffer } {
  const id = stableId('batch', ...records.map((record) => record.id));
  const uptime = header.bootId === bootId ? { uptimeUs: uptimeUs() } : {};
  const sentAt = new Date().toISOString();
  const envelope = JSON.stringify({ v: 1, id, ...header, sentAt, ...uptime });
  const head = Buffer.from(`${envelope.slice(0, -1)},"events":[`);
  const events = records.flatMap(({ json }, place) => (place === 0 ? [json] : [comma, json]));
  return { id, payload: Buffer.concat([head, ...events, end]) };
}
