import { setTimeout as sleep } from 'node:timers/promises';

const mostEventsPerSecond = 250;
const mostBytesPerSecond = 8 * 1024 * 1024;
/** For each millisecond of work so many of rest: a quarter of one processor at most. */
const restForWork = 3;
/** The past waits until no more than this is to be sent: what happens now never queues behind it. */
const mostWaiting = 500;
const lookAgainMs = 100;
const longestWorkMs = 250;

/** How the past is read beside the present: slowly, and only while nothing else waits to be sent. */
export interface Pace {
  /** After a piece of work: so many bytes and events. Resolves when more may be done; rejects when stopped. */
  rest(bytes: number, events: number): Promise<void>;
}

export function gentlePace(waiting: () => number, signal: AbortSignal): Pace {
  let resumedMs = performance.now();
  return {
    async rest(bytes, events) {
      const workedMs = Math.min(performance.now() - resumedMs, longestWorkMs);
      const restMs = Math.max(
        workedMs * restForWork,
        (bytes * 1000) / mostBytesPerSecond - workedMs,
        (events * 1000) / mostEventsPerSecond - workedMs,
      );
      await sleep(restMs, undefined, { signal });
      while (waiting() > mostWaiting) await sleep(lookAgainMs, undefined, { signal });
      resumedMs = performance.now();
    },
  };
}
