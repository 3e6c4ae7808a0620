import koffi from 'koffi';
import { mapShare, pageSizeBytes, remapShare, unmap } from '../native/libc.ts';
import { mapEntries } from './size.ts';

/*
 * The layout of a BPF ring buffer, kernel/bpf/ringbuf.c: a page with the consumer's position, one
 * with the producer's, then the data, twice in a row so that a record never wraps. Pages that are
 * mapped count as memory of the agent, so of the data it maps one window at a time.
 */
const headerBytes = 8;
const busyBit = 0x8000_0000 | 0;
const discardBit = 0x4000_0000;
const lengthMask = 0x3fff_ffff;
const alignment = 8;
const recordsPerStep = 32;
const windowBytes = 256 * 1024;
/** More than the longest record, which may begin at the end of a window. */
const overlapBytes = 64 * 1024;

/** Takes one record; the bytes are valid only during the call. */
export type TakeRecord = (record: Buffer) => void;

export interface RingEnds {
  /** All that was handed over has to be on disk when it returns. */
  commit?(): void;
  /** A record that `take` threw at is passed over: the next agent would come no further with it. */
  refused?(error: Error): void;
}

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
export function openRing(fd: number, { commit, refused }: RingEnds = {}): Ring {
  const size = mapEntries(fd);
  const dataAt = 2 * pageSizeBytes;
  const window = Math.min(size, windowBytes);
  const mapped = Math.min(window + overlapBytes, 2 * size);
  const consumerPage = mapShare(fd, 0, pageSizeBytes, true);
  const producerPage = mapShare(fd, pageSizeBytes, pageSizeBytes, false);
  const dataPages = mapShare(fd, dataAt, mapped, false);
  const consumer = new BigUint64Array(koffi.view(consumerPage, pageSizeBytes), 0, 1);
  const producer = new BigUint64Array(koffi.view(producerPage, pageSizeBytes), 0, 1);
  const data = koffi.view(dataPages, mapped);
  const headers = new Int32Array(data, 0, mapped / Int32Array.BYTES_PER_ELEMENT);
  let windowAt = 0;
  let closed = false;

  function drain(take: TakeRecord, limit: number): number {
    if (closed) return 0;
    let taken = 0;
    let position = Number(Atomics.load(consumer, 0));
    const end = Number(Atomics.load(producer, 0));
    while (position < end && taken < limit) {
      const at = inWindow(position % size);
      const header = Atomics.load(headers, at / Int32Array.BYTES_PER_ELEMENT);
      if (header & busyBit) break;
      const length = header & lengthMask;
      if (!(header & discardBit)) {
        handOver(take, Buffer.from(data, at + headerBytes, length));
        taken++;
      }
      position += Math.ceil((length + headerBytes) / alignment) * alignment;
      if (taken % recordsPerStep === 0) release(position);
    }
    release(position);
    return taken;
  }

  function handOver(take: TakeRecord, record: Buffer): void {
    try {
      take(record);
    } catch (error) {
      refused?.(error as Error);
    }
  }

  /** Where in the mapped window a byte of the data is, which is moved there when it must be. */
  function inWindow(at: number): number {
    const wanted = at - (at % window);
    if (wanted !== windowAt) {
      remapShare(dataPages, fd, dataAt + wanted, mapped);
      windowAt = wanted;
    }
    return at - windowAt;
  }

  function release(position: number): void {
    commit?.();
    Atomics.store(consumer, 0, BigInt(position));
  }

  function close(): void {
    if (closed) return;
    closed = true;
    unmap(consumerPage, pageSizeBytes);
    unmap(producerPage, pageSizeBytes);
    unmap(dataPages, mapped);
  }

  return { drain, close };
}
