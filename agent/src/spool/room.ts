import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  renameSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const zeros = Buffer.alloc(256 * 1024);
/** Two segments are held, and the disk is not ours alone. */
const shareOfFree = 4;
const leastSegmentBytes = 64 * 1024;

/** Segments no larger than `wanted`, of which the disk has room for two without being filled by them. */
export function segmentBytesFor(folder: string, wanted: number): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.min(wanted, Math.max(leastSegmentBytes, Math.floor((bavail * bsize) / shareOfFree)));
}

/**
 * Fills a file with zeros from `from` to `to`, so that later writes there need no room that others
 * may have taken. As far as the disk has it: false where it has less.
 */
export function allocate(file: number, from: number, to: number): boolean {
  try {
    for (let at = from; at < to; )
      at += writeSync(file, zeros, 0, Math.min(zeros.length, to - at), at);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    return false;
  }
}

/**
 * One file beside the segments that holds the room of the next. A disk that somebody else has filled
 * stops the spool only when both segments are full of what is not acknowledged.
 */
export function openSpare(folder: string, bytes: number) {
  const path = join(folder, 'spare');
  let has = false;

  /** Zeros over all that stands in it: what was a segment must not be read as one again. */
  function zero(flags: 'r+' | 'w'): void {
    const file = openSync(path, flags, 0o600);
    try {
      has = allocate(file, 0, Math.max(bytes, fstatSync(file).size));
    } finally {
      closeSync(file);
    }
    if (!has) unlinkSync(path);
  }

  return {
    get bytes(): number {
      return has ? bytes : 0;
    },
    /** Has the room, if the disk has it. */
    fill(): void {
      if (!has) zero(existsSync(path) ? 'r+' : 'w');
    },
    /** Becomes the file `as`; false when there is none. */
    take(as: string): boolean {
      if (!has) return false;
      renameSync(path, as);
      has = false;
      return true;
    },
    /** The file of a segment that is sent: its room stays ours if it is needed. */
    recycle(segmentPath: string): void {
      if (has) unlinkSync(segmentPath);
      else {
        renameSync(segmentPath, path);
        zero('r+');
      }
    },
  };
}
