import { expect, it } from 'vitest';
import { bootClock, instantOf } from './clock.ts';

it.each([
  [1_795_403_527_123_456, '2026-11-23T03:12:07.123456Z'],
  [1_795_403_527_000_007, '2026-11-23T03:12:07.000007Z'],
  [-1, '1970-01-01T00:00:00.000000Z'],
  [Number.MAX_SAFE_INTEGER * 1000, '9999-12-31T00:00:00.000000Z'],
])('%i µs', (us, text) => {
  expect(instantOf(us)).toBe(text);
});

it('turns the present into the present', () => {
  const clock = bootClock();
  const wall = Date.parse(clock.instant(clock.nowBootUs()));
  expect(Math.abs(wall - Date.now())).toBeLessThan(1000);
});
