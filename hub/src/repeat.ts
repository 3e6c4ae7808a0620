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

/** A loop that waits as long as its last look said, or until somebody wakes it. */
export interface Woken {
  wake(): void;
  stop(): Promise<void>;
}

/** Runs `look` again and again, until `stop`; it resolves to how long to wait, ms, and never rejects. */
export function repeatWhenWoken(look: () => Promise<number>): Woken {
  let stopped = false;
  let woken = false;
  let interrupt = () => {};
  const running = (async () => {
    while (!stopped) {
      woken = false;
      const waitMs = await look();
      if (woken || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, waitMs));
        interrupt = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  const wake = () => {
    woken = true;
    interrupt();
  };
  return {
    wake,
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
