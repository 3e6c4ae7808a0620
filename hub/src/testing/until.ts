import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 25;

/** Waits for `probe` to give something that `isDone` accepts, and returns it; throws what it last gave. */
export async function until<Value>(
  probe: () => Promise<Value> | Value,
  isDone: (value: Value) => boolean,
  withinMs = 120_000,
): Promise<Value> {
  const giveUpAtMs = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (isDone(value)) return value;
    if (Date.now() > giveUpAtMs)
      throw new Error(`still not so after ${withinMs} ms: ${JSON.stringify(value)}`);
    await sleep(pollMs);
  }
}
