import koffi from 'koffi';
import type { Ring, TakeRecord } from './maps/ring.ts';

const batchRecords = 256;
/** So many within the window are a storm. */
const busyRecords = 8;
const windowMs = 10;
const lingerMs = 5;

/** Reads a ring when the kernel says that there is something. */
export interface Reader {
  /** Reads what is left and ends. */
  stop(): void;
}

/**
 * Waits for the ring in Node's own event loop: no thread, no timer while nothing happens. After a
 * busy time it lingers before it waits again, so that a storm costs a wake a few ms, not one a record.
 */
export function startReader(ringFd: number, ring: Ring, take: TakeRecord): Reader {
  let timer: NodeJS.Timeout | null = null;
  let waiting = true;
  let windowEndsMs = 0;
  let inWindow = 0;
  const poll = koffi.node.poll(ringFd, { readable: true }, step);

  function step(): void {
    timer = null;
    const taken = ring.drain(take, batchRecords);
    if (!isBusy(taken)) wait();
    else linger(taken < batchRecords ? lingerMs : 0);
  }

  function isBusy(taken: number): boolean {
    const nowMs = performance.now();
    if (nowMs > windowEndsMs) inWindow = 0;
    if (inWindow === 0) windowEndsMs = nowMs + windowMs;
    inWindow += taken;
    return inWindow >= busyRecords;
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
