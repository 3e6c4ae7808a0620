import { setTimeout as sleep } from 'node:timers/promises';

/** Answers that are being worked on: a bot that is told to stop finishes them first. */
export interface UnderWay {
  track<Value>(work: Promise<Value>): Promise<Value>;
  /** Resolves when nothing is under way, or after `withinMs`. */
  finished(withinMs: number): Promise<void>;
}

export function underWay(): UnderWay {
  const running = new Set<Promise<unknown>>();
  return {
    track(work) {
      running.add(work);
      const forget = () => running.delete(work);
      work.then(forget, forget);
      return work;
    },
    async finished(withinMs) {
      const limit = new AbortController();
      const all = Promise.allSettled([...running]);
      await Promise.race([
        all,
        sleep(withinMs, undefined, { signal: limit.signal }).catch(() => undefined),
      ]);
      limit.abort();
    },
  };
}
