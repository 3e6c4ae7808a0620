import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { decodeRecord, encodeRecord, recordLength } from './record.ts';
import { allocate } from './room.ts';

/** A stretch of events in one segment. */
export interface Range {
  readonly segment: number;
  readonly from: number;
  readonly to: number;
}

/** Where sending stands. */
export interface Progress {
  /** Batches that were cut and are not acknowledged: after a restart they are cut just so again. */
  readonly inFlight: readonly Range[];
  /** The first event that is in no batch yet. */
  readonly next: { readonly segment: number; readonly offset: number };
}

/** Room for the bounds of a thousand batches. */
const slotBytes = 65_536;
const slots = 2;

/**
 * The file that keeps {@link Progress}: two slots, written in turn, each a checked record, so that
 * a write that is torn leaves the one before.
 */
export function openCursor(path: string) {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  // Written in place from now on: sending goes on when the disk is full.
  allocate(file, fstatSync(file).size, slotBytes * slots);
  let generation = 0;
  let progress: Progress | null = null;
  const bytes = Buffer.alloc(slotBytes * slots);
  readSync(file, bytes, 0, bytes.length, 0);
  for (let slot = 0; slot < slots; slot += 1) {
    const length = recordLength(bytes, slot * slotBytes);
    if (length === null) continue;
    const { id, json } = decodeRecord(bytes, slot * slotBytes, length);
    if (Number(id) <= generation) continue;
    generation = Number(id);
    progress = JSON.parse(json) as Progress;
  }
  return {
    /** As the last run left it; null when there was none, or both slots are damaged. */
    last: progress,
    write(next: Progress): void {
      generation += 1;
      const record = encodeRecord({
        id: String(generation),
        json: JSON.stringify(next),
        atMs: 0,
        lost: 0,
      });
      writeSync(file, record, 0, record.length, (generation % slots) * slotBytes);
    },
    close(): void {
      closeSync(file);
    },
  };
}

export type Cursor = ReturnType<typeof openCursor>;
