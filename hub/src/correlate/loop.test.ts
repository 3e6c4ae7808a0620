import { expect, test } from 'vitest';
import { loopOf } from './loop.ts';

const newest = Date.parse('2026-08-02T03:00:00Z');
const back = (...seconds: number[]): number[] => seconds.map((second) => newest - second * 1000);

test.each<[string, number[], { count: number; everyMs: number } | null]>([
  ['every ten seconds', back(0, 10, 20, 31), { count: 4, everyMs: 10_000 }],
  ['with the growing waits of a back-off', back(0, 300, 450, 520), { count: 4, everyMs: 150_000 }],
  ['only since the last quiet time', back(0, 10, 20, 4_000, 4_010), { count: 3, everyMs: 10_000 }],
  ['twice is no loop', back(0, 10), null],
  ['victims of one blow', back(0, 0.01, 0.02, 0.03), null],
  ['nothing', [], null],
])('%s', (_, times, expected) => {
  const loop = loopOf(times);
  expect(loop && { count: loop.count, everyMs: loop.everyMs }).toEqual(expected);
  if (loop) expect(loop.since).toBe(new Date(times[loop.count - 1] ?? 0).toISOString());
});
