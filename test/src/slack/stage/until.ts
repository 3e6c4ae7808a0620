import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 20;
const patienceMs = 120_000;

/** Waits until `look` finds something; fails with `what` in words, after half a minute. */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | null | false | Promise<Value | undefined | null | false>,
  withinMs = patienceMs,
): Promise<Value> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await sleep(pollMs);
  }
}
