import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextWaitMs } from './schedule.ts';

const hourMs = 3_600_000;

test('eleven attempts within about a day, each wait at least as long as the one before', () => {
  const waits = Array.from({ length: 10 }, (_, index) => nextWaitMs(index + 1, null, 0.5) ?? 0);
  expect(waits[0]).toBe(5_000);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / hourMs;
  expect(hours).toBeGreaterThan(22);
  expect(hours).toBeLessThan(26);
  expect(nextWaitMs(11, 1_000, 0.5)).toBeNull();
});

test('a receiver may ask for more, not for less and not for ever', () => {
  expect(nextWaitMs(1, 60_000, 0.5)).toBe(60_000);
  expect(nextWaitMs(1, 1, 0.5)).toBe(5_000);
  expect(nextWaitMs(1, 1e12, 0.5)).toBe(12 * hourMs);
});

test('waits differ by a fifth at most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, random) => {
        const usual = nextWaitMs(n, null, 0.5) ?? 0;
        const wait = nextWaitMs(n, null, random) ?? 0;
        expect(Math.abs(wait - usual)).toBeLessThanOrEqual(usual * 0.2 + 1);
      },
    ),
  );
});
