import { readSync } from 'node:fs';
import { decodeRecord, maxRecordBytes, recordLength, type SpoolRecord } from './record.ts';

export interface ScannedRecord {
  /** Offset behind the record. */
  readonly end: number;
  decode(): SpoolRecord;
}

/** The undamaged records of an open segment between two offsets; ends at the first that is damaged. */
export function* scan(file: number, from: number, to: number): Generator<ScannedRecord, void> {
  let offset = from;
  while (offset < to) {
    const buffer = Buffer.allocUnsafe(Math.min(maxRecordBytes, to - offset));
    const bytes = buffer.subarray(0, readSync(file, buffer, 0, buffer.length, offset));
    let at = 0;
    for (let length = recordLength(bytes, at); length !== null; length = recordLength(bytes, at)) {
      const start = at;
      const size = length;
      at += length;
      yield { end: offset + at, decode: () => decodeRecord(bytes, start, size) };
    }
    if (at === 0) return;
    offset += at;
  }
}
