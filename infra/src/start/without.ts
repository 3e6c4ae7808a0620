import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a part that the others can do without; why it is not ready, or null when it is. */
export async function without(ready: Promise<void>, patienceMs: number): Promise<string | null> {
  const waiting = new AbortController();
  try {
    return await Promise.race([
      ready.then(() => null),
      sleep(patienceMs, 'it goes on trying, see its log', { signal: waiting.signal }),
    ]);
  } catch (error) {
    return (error as Error).message;
  } finally {
    waiting.abort();
  }
}
