import { expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { watchClock } from './clock-steps.ts';

it('tells a step of the clock once, and no jitter', () => {
  const events: RawEvent[] = [];
  let bootedUs = 1_000_000_000_000;
  const clock = watchClock(
    (event) => events.push(event),
    () => bootedUs,
  );
  bootedUs += 40_000;
  clock.look();
  bootedUs -= 90_000_000;
  clock.look();
  clock.look();
  clock.stop();
  expect(events).toMatchObject([{ kind: 'clock-step', byMs: -89_960 }]);
});
