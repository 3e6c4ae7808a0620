import { setTimeout as sleep } from 'node:timers/promises';

const firstWaitMs = 100;
const longestWaitMs = 5_000;

/** Waits longer each time, up to 5 s; returns at once when `signal` aborts. */
export async function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 10));
  await sleep(waitMs, undefined, { signal }).catch(() => {
    // Aborted: the caller looks at the signal.
  });
}
