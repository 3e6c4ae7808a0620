import { readSync } from 'node:fs';
import {
  copyEvent,
  decodeRecord,
  maxRecordBytes,
  recordLength,
  type SpoolRecord,
  type StoredEvent,
} from './record.ts';

export interface ScannedRecord {
  /** Offset behind the record. */
  readonly end: number;
  decode(): SpoolRecord;
  copy(): StoredEvent;
}

const readBytes = 256 * 1024;
/** Used by every scan in turn; a record that is longer than it has a buffer of its own. */
let readBuffer: Buffer | null = null;

/**
 * The undamaged records of an open segment between two offsets; ends at the first that is damaged.
 * A record can be decoded or copied until the next one is asked for, and scans must not be nested.
 */
export function* scan(file: number, from: number, to: number): Generator<ScannedRecord, void> {
  readBuffer ??= Buffer.allocUnsafe(readBytes);
  let offset = from;
  let buffer = readBuffer;
  while (offset < to) {
    const wanted = Math.min(buffer.length, to - offset);
    const bytes = buffer.subarray(0, readSync(file, buffer, 0, wanted, offset));
    let at = 0;
    for (let length = recordLength(bytes, at); length !== null; length = recordLength(bytes, at)) {
      const start = at;
      const size = length;
      at += length;
      yield {
        end: offset + at,
        decode: () => decodeRecord(bytes, start, size),
        copy: () => copyEvent(bytes, start, size),
      };
    }
    offset += at;
    if (at > 0) continue;
    if (bytes.length < buffer.length || buffer.length >= maxRecordBytes) return;
    buffer = Buffer.allocUnsafe(maxRecordBytes);
  }
}
