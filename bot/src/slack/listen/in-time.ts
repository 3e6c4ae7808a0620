import { setTimeout as sleep } from 'node:timers/promises';

/** What `work` resolves to, or null when that takes longer than `withinMs`; it goes on then. */
export async function inTime<Value>(work: Promise<Value>, withinMs: number): Promise<Value | null> {
  const over = new AbortController();
  const late = sleep(withinMs, null, { signal: over.signal }).catch(() => null);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
