import type { ClockSample } from '@coroner/schema/tables/host-clocks';
import { expect, test } from 'vitest';
import { estimateClock } from './estimate.ts';

const hubMs = Date.UTC(2026, 7, 1);

/** A message sent `atMs` after the beginning by a host that booted 1000 s before it. */
function sample(atMs: number, delayMs: number, clockMs: number, booted = true): ClockSample {
  return {
    receivedMs: hubMs + atMs + delayMs,
    wallMs: hubMs + atMs + clockMs,
    bootMs: booted ? 1_000_000 + atMs : null,
  };
}

const every15s = (of: (index: number) => ClockSample, count = 10): ClockSample[] =>
  Array.from({ length: count }, (_, index) => of(index));

test('messages that waited do not move the estimate: the fastest counts', () => {
  const delays = [900, 40_000, 12, 3, 700, 8, 5, 4, 60_000, 6];
  const samples = every15s((index) => sample(index * 15_000, delays[index] ?? 0, 90_000));
  const { offsetMs, bootedMs, errorMs } = estimateClock(samples);
  expect(offsetMs).toBe(90_000 - 3);
  expect(bootedMs).toBe(hubMs - 1_000_000 + 3);
  expect(errorMs).toBe(50);
});

test('a clock that is behind', () => {
  expect(estimateClock([sample(0, 2, -45_000)]).offsetMs).toBe(-45_002);
});

test('a clock that was set is told by its newest message at once', () => {
  const samples = every15s((index) => sample(index * 15_000, 2, index < 9 ? 3_600_000 : 0));
  const { offsetMs, bootedMs } = estimateClock(samples);
  expect(offsetMs).toBe(-2);
  expect(bootedMs).toBe(hubMs - 1_000_000 + 2);
});

test('without the time since boot the wall clock has to do', () => {
  const samples = every15s((index) => sample(index * 15_000, 10 + index, 5_000, false));
  expect(estimateClock(samples)).toEqual({ bootedMs: null, offsetMs: 4_990, errorMs: 50 });
});

test('a time since boot that stands still is none', () => {
  const samples = every15s((index) => ({ ...sample(index * 15_000, 5, 1_000), bootMs: 1_000 }));
  expect(estimateClock(samples)).toMatchObject({ bootedMs: null, offsetMs: 995 });
});

test('few messages are trusted less', () => {
  expect(estimateClock([sample(0, 2, 0)]).errorMs).toBe(1_000);
});
