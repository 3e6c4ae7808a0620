import koffi from 'koffi';
import { mapShare, pageSizeBytes, unmap } from '../native/libc.ts';
import { mapEntries } from './tables.ts';

/*
 * The layout of a BPF ring buffer, kernel/bpf/ringbuf.c: a page with the consumer's position, one
 * with the producer's, then the data, mapped twice in a row so that a record never wraps.
 */
const headerBytes = 8;
const busyBit = 0x8000_0000 | 0;
const discardBit = 0x4000_0000;
const lengthMask = 0x3fff_ffff;
const alignment = 8;
const recordsPerStep = 32;

/** Takes one record; the bytes are valid only during the call. Must not throw. */
export type TakeRecord = (record: Buffer) => void;

export interface Ring {
  /** Hands over what is there, at most `limit` records; returns how many. */
  drain(take: TakeRecord, limit: number): number;
  close(): void;
}

/**
 * Maps a ring buffer for reading without a system call a record. The position moves only after
 * `take` returned for a few records and `commit` for all of them: whoever reads next after a crash
 * sees them again.
 */
export function openRing(fd: number, commit: () => void = () => undefined): Ring {
  const size = mapEntries(fd);
  const producerBytes = pageSizeBytes + 2 * size;
  const consumerPage = mapShare(fd, 0, pageSizeBytes, true);
  const producerPages = mapShare(fd, pageSizeBytes, producerBytes, false);
  const consumer = new BigUint64Array(koffi.view(consumerPage, pageSizeBytes), 0, 1);
  const shared = koffi.view(producerPages, producerBytes);
  const producer = new BigUint64Array(shared, 0, 1);
  const headers = new Int32Array(shared, pageSizeBytes, (2 * size) / Int32Array.BYTES_PER_ELEMENT);
  let closed = false;

  function drain(take: TakeRecord, limit: number): number {
    if (closed) return 0;
    let taken = 0;
    let position = Number(Atomics.load(consumer, 0));
    const end = Number(Atomics.load(producer, 0));
    while (position < end && taken < limit) {
      const at = position % size;
      const header = Atomics.load(headers, at / Int32Array.BYTES_PER_ELEMENT);
      if (header & busyBit) break;
      const length = header & lengthMask;
      if (!(header & discardBit)) {
        take(Buffer.from(shared, pageSizeBytes + at + headerBytes, length));
        taken++;
      }
      position += Math.ceil((length + headerBytes) / alignment) * alignment;
      if (taken % recordsPerStep === 0) release(position);
    }
    release(position);
    return taken;
  }

  function release(position: number): void {
    commit();
    Atomics.store(consumer, 0, BigInt(position));
  }

  function close(): void {
    if (closed) return;
    closed = true;
    unmap(consumerPage, pageSizeBytes);
    unmap(producerPages, producerBytes);
  }

  return { drain, close };
}
