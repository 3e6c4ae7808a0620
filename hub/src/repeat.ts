import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `look` again and again, `everyMs` after it ended, until `stop`, which waits for the last one. */
export function repeat(
  look: () => Promise<unknown>,
  everyMs: number,
  onError: (error: Error) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch(onError);
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {
        // Aborted: the loop ends.
      });
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
