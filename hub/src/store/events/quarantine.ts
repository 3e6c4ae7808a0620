import { stableId } from '@coroner/schema/identity';
import type { Queryable } from '../database.ts';

const keptBytes = 64 * 1024;

/** A message, or one event of it, that cannot be stored. */
export interface Reject {
  subject: string;
  reason: string;
  payload: Uint8Array;
}

/** Keeps what was rejected; the same payload on the same subject once. Returns how many are new. */
export async function quarantine(on: Queryable, rejects: readonly Reject[]): Promise<number> {
  if (rejects.length === 0) return 0;
  const rows = rejects.map(({ subject, reason, payload }) => {
    const bytes = Buffer.from(payload);
    return {
      id: stableId('quarantine', subject, bytes.toString('base64')),
      subject: storable(subject),
      reason: storable(reason),
      payload: bytes.subarray(0, keptBytes).toString('base64'),
      payload_bytes: bytes.length,
    };
  });
  const { rowCount } = await on.query({
    name: 'quarantine',
    text: `
      insert into quarantine (id, subject, reason, payload, payload_bytes)
      select id, subject, reason, payload, payload_bytes
      from json_to_recordset($1::json) as row(
        id text, subject text, reason text, payload text, payload_bytes integer)
      order by id
      on conflict (id) do nothing`,
    values: [JSON.stringify(rows)],
  });
  return rowCount ?? 0;
}

const reasonLength = 2_000;
const storable = (text: string): string =>
  Buffer.from(text.replaceAll('\0', '\u2400')).toString().slice(0, reasonLength);

export interface Quarantined {
  seq: number;
  subject: string;
  data: Buffer;
  receivedAt: string;
}

/** Whole messages of quarantine, in their order, after `seq`. */
export async function readQuarantine(
  on: Queryable,
  seq: number,
  most: number,
): Promise<Quarantined[]> {
  const { rows } = await on.query<Omit<Quarantined, 'data'> & { payload: string }>({
    name: 'read-quarantine',
    text: `
      select seq::double precision as seq, subject, payload, received_at as "receivedAt"
      from quarantine where seq > $1 and payload_bytes <= ${keptBytes} order by seq limit $2`,
    values: [seq, most],
  });
  return rows.map(({ payload, ...row }) => ({ ...row, data: Buffer.from(payload, 'base64') }));
}

export async function dropQuarantined(on: Queryable, seq: number): Promise<void> {
  await on.query({
    name: 'drop-quarantined',
    text: 'delete from quarantine where seq = $1',
    values: [seq],
  });
}
