import { crc32 } from './crc32.ts';

/**
 * One record of a segment, little endian:
 * `u32 length of the rest after the CRC | u32 CRC-32 of that rest | f64 time in ms | u32 lost | text`.
 */
export interface SpoolRecord {
  readonly id: string;
  /** JSON of the event. */
  readonly json: string;
  /** When the event happened, or was read: for saying from when to when when it must be dropped. */
  readonly atMs: number;
  /** Events that this one reports as dropped; 0 for all but the spool's own gap events. */
  readonly lost: number;
}

/** An event as it goes out: its JSON is not made text again on the way. */
export interface StoredEvent extends Pick<SpoolRecord, 'id' | 'lost'> {
  /** JSON in UTF-8. */
  readonly json: Buffer;
}

const newline = 0x0a;
const checkedAt = 8;
const textAt = 20;
/** No record is longer: what claims to be is damage. */
export const maxRecordBytes = 1024 * 1024;

/** The bytes of a record. `id` holds no newline, which ends it. */
export function encodeRecord({ id, json, atMs, lost }: SpoolRecord): Buffer {
  const idBytes = Buffer.byteLength(id);
  const bytes = Buffer.allocUnsafe(textAt + idBytes + 1 + Buffer.byteLength(json));
  bytes.writeUInt32LE(bytes.length - checkedAt, 0);
  bytes.writeDoubleLE(atMs, 8);
  bytes.writeUInt32LE(lost, 16);
  bytes.write(id, textAt);
  bytes[textAt + idBytes] = newline;
  bytes.write(json, textAt + idBytes + 1);
  bytes.writeUInt32LE(crc32(bytes.subarray(checkedAt)), 4);
  return bytes;
}

/** Length of the whole record at `offset`; null where no complete and undamaged record stands. */
export function recordLength(bytes: Buffer, offset: number): number | null {
  if (offset + textAt > bytes.length) return null;
  const length = bytes.readUInt32LE(offset) + checkedAt;
  if (length < textAt || length > maxRecordBytes || offset + length > bytes.length) return null;
  const checked = bytes.subarray(offset + checkedAt, offset + length);
  return crc32(checked) === bytes.readUInt32LE(offset + 4) ? length : null;
}

/** The record at `offset`, of which {@link recordLength} gave the length. */
export function decodeRecord(bytes: Buffer, offset: number, length: number): SpoolRecord {
  const text = bytes.toString('utf8', offset + textAt, offset + length);
  const idEnds = text.indexOf('\n');
  return {
    id: text.slice(0, idEnds),
    json: text.slice(idEnds + 1),
    atMs: bytes.readDoubleLE(offset + 8),
    lost: bytes.readUInt32LE(offset + 16),
  };
}

/** The same without making text of the JSON; a copy, so that `bytes` may be used again. */
export function copyEvent(bytes: Buffer, offset: number, length: number): StoredEvent {
  const idEnds = bytes.indexOf(newline, offset + textAt);
  return {
    id: bytes.toString('utf8', offset + textAt, idEnds),
    json: Buffer.from(bytes.subarray(idEnds + 1, offset + length)),
    lost: bytes.readUInt32LE(offset + 16),
  };
}
