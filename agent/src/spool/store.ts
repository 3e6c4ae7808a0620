import {
  closeSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { encodeRecord } from './record.ts';
import { allocate, openSpare, segmentBytesFor } from './room.ts';
import {
  openSegment,
  type Segment,
  type SegmentHeader,
  segmentNumber,
  segmentPath,
} from './segment.ts';

/** Written data reaches the disk at most this much later; until then it survives the agent, not the host. */
const syncAfterMs = 1000;

export interface StoreOptions {
  readonly folder: string;
  readonly header: SegmentHeader;
  /** Of one segment; less where the disk has little room. */
  readonly segmentBytes: number;
}

/**
 * The segment files of a folder. Only the newest is written, by appending; each run of the agent
 * begins one of its own, since host, boot and version stand in the header.
 */
export function openStore({ folder, header, segmentBytes: mostSegmentBytes }: StoreOptions) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const segmentBytes = segmentBytesFor(folder, mostSegmentBytes);
  const spare = openSpare(folder, segmentBytes);
  const segments = new Map<number, Segment>();
  let tornBytes = 0;
  const numbers = readdirSync(folder)
    .map(segmentNumber)
    .filter((number) => number !== null)
    .sort((a, b) => a - b);
  for (const number of numbers) {
    const path = segmentPath(folder, number);
    const opened = openSegment(path, number);
    tornBytes += opened.tornBytes;
    if (opened.segment) segments.set(number, opened.segment);
    else unlinkSync(path);
  }
  let active = create((numbers.at(-1) ?? 0) + 1);
  let file = openSync(active.path, 'r+');
  let syncTimer: NodeJS.Timeout | null = null;
  spare.fill();

  return {
    segments: segments as ReadonlyMap<number, Segment>,
    /** Bytes that a killed run left torn at the end of a segment, cut off now. */
    tornBytes,
    get active(): Segment {
      return active;
    },
    /** Room that is held but not written counts. */
    get totalBytes(): number {
      let bytes = spare.bytes + Math.max(0, segmentBytes - active.end);
      for (const segment of segments.values()) bytes += segment.end;
      return bytes;
    },
    /**
     * Appends whole records. Throws what write(2) says (no space); then nothing of it counts, and
     * the next write goes over it.
     */
    write(records: Buffer): void {
      if (active.end > active.start && active.end + records.length > segmentBytes) roll();
      let written = 0;
      while (written < records.length)
        written += writeSync(
          file,
          records,
          written,
          records.length - written,
          active.end + written,
        );
      active.end += written;
      syncTimer ??= setTimeout(sync, syncAfterMs).unref();
    },
    roll,
    remove(number: number): void {
      const segment = segments.get(number);
      if (!segment || segment === active) return;
      segments.delete(number);
      spare.recycle(segment.path);
    },
    close(): void {
      if (syncTimer) clearTimeout(syncTimer);
      ftruncateSync(file, active.end);
      closeSync(file);
      if (active.end === active.start) unlinkSync(active.path);
    },
  };

  function create(number: number): Segment {
    const path = segmentPath(folder, number);
    const bytes = encodeRecord({
      id: String(number),
      json: JSON.stringify(header),
      atMs: Date.now(),
      lost: 0,
    });
    const created = openSync(path, spare.take(path) ? 'r+' : 'wx', 0o600);
    try {
      writeSync(created, bytes, 0, bytes.length, 0);
      allocate(created, fstatSync(created).size, segmentBytes);
    } catch (error) {
      // What has no header is no segment, and must not stand in the way of the next attempt.
      unlinkSync(path);
      throw error;
    } finally {
      closeSync(created);
    }
    const segment = { number, path, header, start: bytes.length, end: bytes.length };
    segments.set(number, segment);
    return segment;
  }

  /** Seals the active segment and begins the next. */
  function roll(): void {
    const next = create(active.number + 1);
    closeAfterSync(file);
    active = next;
    file = openSync(active.path, 'r+');
  }

  function sync(): void {
    syncTimer = null;
    // A failing disk shows itself at the next write, which reports it.
    fdatasync(file, () => undefined);
  }

  function closeAfterSync(sealed: number): void {
    fdatasync(sealed, () => closeSync(sealed));
  }
}

export type Store = ReturnType<typeof openStore>;
