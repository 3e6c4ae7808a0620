import { expect, test } from 'vitest';
import { happenedMs, type TimesOfDeath } from './corrected.ts';

const hubMs = Date.UTC(2026, 7, 1);
const clock = { bootedMs: hubMs - 1_000_000, offsetMs: 90_000, errorMs: 50 };

const death = (facts: Partial<TimesOfDeath> = {}): TimesOfDeath => ({
  diedAt: new Date(hubMs + 90_000).toISOString(),
  receivedAt: new Date(hubMs + 1_000).toISOString(),
  bootUs: 1_000_000_000,
  ...facts,
});

test.each([
  ['through the time since boot', death(), hubMs],
  ['through the wall clock where that is all there is', death({ bootUs: null }), hubMs],
  [
    'the wall clock was set after the death',
    death({ diedAt: new Date(hubMs - 200_000).toISOString() }),
    hubMs,
  ],
  ['never after its receipt', death({ bootUs: 9e15 }), hubMs],
  [
    'an hour ago, while the clock was ahead by 50 min that it is not now',
    death({ bootUs: 400_000_000, diedAt: new Date(hubMs - 600_000 + 3_000_000).toISOString() }),
    hubMs - 600_000,
  ],
])('%s', (_, times, happened) => {
  expect(happenedMs(times, clock)).toBe(happened);
});

test('nothing is known of unmeasured clocks, or of the time before the agent', () => {
  expect(happenedMs(death(), undefined)).toBeNull();
  expect(happenedMs(death({ backfilled: true }), clock)).toBeNull();
});
