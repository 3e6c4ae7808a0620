import { join } from 'node:path';
import { openCursor, type Range } from './cursor.ts';
import type { Loss } from './loss.ts';
import { encodeRecord, type SpoolRecord } from './record.ts';
import { eachEvent, type ReadLimits, type SegmentHeader } from './segment.ts';
import { openSending, type SpoolBatch } from './sending.ts';
import { openStore, type Store } from './store.ts';
import { openWriting } from './writing.ts';

export interface SpoolOptions {
  readonly folder: string;
  readonly header: SegmentHeader;
  /** Bound of all segments together. */
  readonly maxBytes: number;
  readonly segmentBytes?: number;
  /** Makes the event that tells of events dropped because there was no room for them. */
  lossRecord(loss: Loss): SpoolRecord;
  /** The disk refuses a write (null: it takes writes again). Meanwhile events wait in memory. */
  onTrouble(error: Error | null): void;
}

const mebibyte = 1024 * 1024;
const mostSegmentBytes = 8 * mebibyte;
/** A full spool drops one segment of so many. */
const segmentsInSpool = 8;
const rememberedIds = 4096;

/**
 * The queue on disk between the sources and NATS. An event is in one of these states:
 *
 *     pending ──flush──► written ──take──► in flight ──acknowledge──► gone
 *        └─ disk refuses and memory is full ─► dropped ◄─ spool is full ─┘ (from written only)
 *
 * - pending: in memory, until the end of this turn of the event loop, or `flush`.
 * - written: in a segment file; survives kill -9 of the agent (the page cache has it), and a crash
 *   of the host from about a second later on (fdatasync).
 * - in flight: cut into a batch whose bounds the cursor has; survives too, and is cut just so after
 *   a restart, so that the batch has the same id and JetStream drops the repetition.
 * - gone: JetStream acknowledged it. A segment is deleted when all of it is gone.
 * - dropped: oldest first, a segment at a time, and an event says how many, from when to when.
 *   What is in flight is not dropped, for it may have arrived.
 *
 * Torn records at the end of a segment are cut off when it is opened. Without a readable cursor all
 * that is on disk is sent again; the ids of the events make it once.
 */
export function openSpool(options: SpoolOptions) {
  const { folder, header, maxBytes } = options;
  const store = openStore({
    folder,
    header,
    segmentBytes:
      options.segmentBytes ?? Math.min(mostSegmentBytes, Math.floor(maxBytes / segmentsInSpool)),
  });
  const lastIds = idsOfLastRun(store);
  const cursor = openCursor(join(folder, 'cursor'));
  const sending = openSending(store, cursor);
  let listener: () => void = () => undefined;
  const writing = openWriting(store, {
    lossRecord: options.lossRecord,
    onTrouble: options.onTrouble,
    makeRoom(bytes) {
      // What is in flight stays, so that the bound may be overrun by a window of batches.
      while (store.totalBytes + bytes > maxBytes) if (!sending.dropOldest(tellLoss)) break;
    },
    onWritten(events) {
      sending.written(events);
      listener();
    },
  });

  return {
    /** Bytes that a kill of the run before left torn; they are cut off. */
    tornBytes: store.tornBytes,
    /** Ids of the last events of the run before: a source that reads again may repeat them. */
    lastIds,
    /** Events on disk that are not acknowledged. */
    get waiting(): number {
      return sending.waiting;
    },
    /** Calls `newListener` whenever there is something new to take. */
    whenWritten(newListener: () => void): void {
      listener = newListener;
    },
    /** Takes an event; it is on disk at the end of this turn of the event loop. Never throws. */
    append: writing.append,
    /** Puts on disk what is pending. Never throws. */
    flush: writing.flush,
    take: (limits: ReadLimits): SpoolBatch | null => sending.take(limits),
    read: (range: Range): SpoolBatch => sending.read(range),
    split: (range: Range): SpoolBatch[] => sending.split(range),
    acknowledge: (range: Range): void => sending.acknowledge(range),
    close(): void {
      writing.close();
      cursor.close();
      store.close();
    },
  };

  function tellLoss(loss: Loss): void {
    store.write(encodeRecord(options.lossRecord(loss)));
    sending.written(1);
  }
}

export type Spool = ReturnType<typeof openSpool>;

function idsOfLastRun(store: Store): string[] {
  const ids: string[] = [];
  for (const segment of [...store.segments.values()].slice(-3))
    eachEvent(segment, segment.start, ({ id }) => {
      ids.push(id);
    });
  return ids.slice(-rememberedIds);
}
