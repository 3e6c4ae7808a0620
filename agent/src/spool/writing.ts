import { addLoss, type Loss } from './loss.ts';
import { encodeRecord, type SpoolRecord } from './record.ts';
import type { Store } from './store.ts';

const mebibyte = 1024 * 1024;
/** What may wait in memory while the disk takes nothing. */
const maxPendingBytes = 4 * mebibyte;
/** 64 KiB are the smallest segment: see room.ts. */
const mostWriteBytes = 48 * 1024;
const retryMs = 1000;

export interface WritingOptions {
  /** Makes room for so many bytes more. */
  makeRoom(bytes: number): void;
  lossRecord(loss: Loss): SpoolRecord;
  /** So many events are on disk. */
  onWritten(events: number): void;
  /** The disk refuses a write; null when it takes them again. */
  onTrouble(error: Error | null): void;
}

/** The writing end of the spool: gathers the events of one turn of the event loop into one write. */
export function openWriting(store: Store, options: WritingOptions) {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let refused: Loss | null = null;
  let immediate: NodeJS.Immediate | null = null;
  let retry: NodeJS.Timeout | null = null;

  return {
    append(record: SpoolRecord): void {
      if (pendingBytes > maxPendingBytes) {
        flush();
        if (pendingBytes > maxPendingBytes) {
          refused = addLoss(refused, record);
          return;
        }
      }
      add(record);
      if (!retry) immediate ??= setImmediate(flush);
    },
    flush,
    close(): void {
      flush();
      if (immediate) clearImmediate(immediate);
      if (retry) clearTimeout(retry);
    },
  };

  function add(record: SpoolRecord): void {
    const bytes = encodeRecord(record);
    pending.push(bytes);
    pendingBytes += bytes.length;
  }

  function flush(): void {
    immediate = null;
    if (pending.length === 0) return;
    try {
      while (pending.length > 0) writeSome();
    } catch (error) {
      options.onTrouble(error as Error);
      retry ??= setTimeout(() => {
        retry = null;
        flush();
      }, retryMs);
      return;
    }
    if (retry) {
      clearTimeout(retry);
      retry = null;
      options.onTrouble(null);
    }
    const lost = refused;
    refused = null;
    if (lost) {
      add(options.lossRecord(lost));
      flush();
    }
  }

  /** As much as makes a write of moderate size, so that little room is used too. */
  function writeSome(): void {
    let bytes = 0;
    let events = 0;
    for (; events === 0 || bytes < mostWriteBytes; events += 1) {
      const record = pending[events];
      if (!record) break;
      bytes += record.length;
    }
    options.makeRoom(bytes);
    store.write(Buffer.concat(pending.slice(0, events)));
    pending = pending.slice(events);
    pendingBytes -= bytes;
    options.onWritten(events);
  }
}
