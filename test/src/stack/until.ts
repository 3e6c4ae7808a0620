import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 20;
const patienceMs = 180_000;

type Missing = undefined | null | false;

/** Waits until `look` finds something; fails with `what` in words after a minute. */
export async function until<Value>(
  what: string,
  look: () => Value | Missing | Promise<Value | Missing>,
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
