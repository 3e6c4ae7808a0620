import { expect, it } from 'vitest';
import { logClock } from './log-clock.ts';

it('takes a small difference for delay', () => {
  const clock = logClock(() => 1_050_000);
  clock.measure(1_000_000);
  expect(clock.bootUs(5)).toBe(5);
});

it('corrects drift by the least difference seen', () => {
  let nowUs = 100_000_000;
  const clock = logClock(() => nowUs);
  clock.measure(40_000_000);
  nowUs += 2_000_000;
  clock.measure(41_000_000);
  expect(clock.bootUs(40_000_000)).toBe(100_000_000);
});
