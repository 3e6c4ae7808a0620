import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { SpoolRecord, StoredEvent } from './record.ts';
import { scan } from './scan.ts';

/** What the events of a segment have in common; its first record. */
export interface SegmentHeader {
  readonly host: string;
  readonly bootId: string;
  readonly agent: string;
}

export interface Segment {
  readonly number: number;
  readonly path: string;
  readonly header: SegmentHeader;
  /** Offset of the first event. */
  readonly start: number;
  /** Offset behind the last event. */
  end: number;
}

const numberDigits = 12;
const suffix = '.spool';

export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(numberDigits, '0')}${suffix}`);
}

/** Number of the segment that a file name stands for; null for other files. */
export function segmentNumber(fileName: string): number | null {
  const digits = fileName.endsWith(suffix) ? fileName.slice(0, -suffix.length) : '';
  return /^\d+$/.test(digits) ? Number(digits) : null;
}

/**
 * Opens a segment of an earlier run and cuts off what a kill in mid-write left torn. The segment is
 * null when not even its header survived.
 */
export function openSegment(
  path: string,
  number: number,
): { segment: Segment | null; tornBytes: number } {
  const file = openSync(path, 'r+');
  try {
    const size = fstatSync(file).size;
    let header: SegmentHeader | null = null;
    let start = 0;
    let end = 0;
    for (const record of scan(file, 0, size)) {
      if (!header) {
        header = JSON.parse(record.decode().json) as SegmentHeader;
        start = record.end;
      }
      end = record.end;
    }
    const tornBytes = lastWritten(file, end, size) - end;
    if (end < size) ftruncateSync(file, end);
    return { segment: header && { number, path, header, start, end }, tornBytes };
  } finally {
    closeSync(file);
  }
}

/** Offset behind the last byte that is not zero; zeros are room that was never written to. */
function lastWritten(file: number, from: number, to: number): number {
  const bytes = Buffer.alloc(to - from);
  const tail = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
  return from + tail.findLastIndex((byte) => byte !== 0) + 1;
}

export interface ReadLimits {
  readonly maxEvents: number;
  /** Of the events' JSON, separators included. */
  readonly maxBytes: number;
}

/** Events of a segment between two offsets: as many as the limits allow, but at least one if there is one. */
export function readEvents(
  segment: Segment,
  from: number,
  to: number,
  limits: ReadLimits = { maxEvents: Infinity, maxBytes: Infinity },
): { records: StoredEvent[]; to: number } {
  const file = openSync(segment.path, 'r');
  try {
    const records: StoredEvent[] = [];
    let bytes = 0;
    let end = from;
    for (const scanned of scan(file, from, to)) {
      const record = scanned.copy();
      bytes += record.json.length + 1;
      if (records.length > 0 && bytes > limits.maxBytes) break;
      records.push(record);
      end = scanned.end;
      if (records.length >= limits.maxEvents) break;
    }
    return { records, to: end };
  } finally {
    closeSync(file);
  }
}

/** Calls `visit` with each event of a segment between two offsets. */
export function eachEvent(
  segment: Segment,
  from: number,
  visit: (record: SpoolRecord) => void,
): void {
  const file = openSync(segment.path, 'r');
  try {
    for (const scanned of scan(file, from, segment.end)) visit(scanned.decode());
  } finally {
    closeSync(file);
  }
}
