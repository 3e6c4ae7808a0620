import koffi from 'koffi';
import type { Ring, TakeRecord } from './maps/ring.ts';

const batchRecords = 256;
const busyRecords = 16;
const lingerMs = 5;

/** Reads a ring when the kernel says that there is something. */
export interface Reader {
  /** Reads what is left and ends. */
  stop(): void;
}

/**
 * Waits for the ring in Node's own event loop: no thread, no timer while nothing happens. After a
 * busy batch it lingers before it waits again, so that a storm costs a wake a few ms, not one a record.
 */
export function startReader(ringFd: number, ring: Ring, take: TakeRecord): Reader {
  let timer: NodeJS.Timeout | null = null;
  let waiting = true;
  const poll = koffi.node.poll(ringFd, { readable: true }, step);

  function step(): void {
    timer = null;
    const taken = ring.drain(take, batchRecords);
    if (taken < busyRecords) wait();
    else linger(taken < batchRecords ? lingerMs : 0);
  }

  function linger(ms: number): void {
    if (waiting) poll.stop();
    waiting = false;
    timer = setTimeout(step, ms);
  }

  function wait(): void {
    if (!waiting) poll.start({ readable: true }, step);
    waiting = true;
  }

  return {
    stop: () => {
      if (timer) clearTimeout(timer);
      poll.close();
      ring.drain(take, Number.MAX_SAFE_INTEGER);
    },
  };
}
