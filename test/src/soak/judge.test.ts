import { expect, it } from 'vitest';
import { growing, type Series } from './judge.ts';

const minuteMs = 60_000;

const series = (what: Series['what'], valueAt: (minute: number) => number): Series => ({
  of: 'hub memory',
  what,
  points: Array.from({ length: 60 }, (_, minute) => ({
    atMs: minute * minuteMs,
    value: valueAt(minute),
  })),
});
/** A heap that fills and is collected. */
const sawTooth = (minute: number): number => (minute % 7) * 5;

it('a heap that fills and is collected does not grow, nor one that was warming up', () => {
  expect(growing([series('memory', (minute) => 90 + sawTooth(minute))])).toEqual([]);
  expect(growing([series('memory', (minute) => Math.min(100, 50 + 5 * minute))])).toEqual([]);
});

it('a leak is found under the saw teeth, and said with its pace', () => {
  const leak = series('memory', (minute) => 90 + sawTooth(minute) + minute);
  expect(growing([leak])).toEqual([expect.stringMatching(/^hub memory grew by 4\d\.\d MB/)]);
});

it('descriptors that are not closed are found', () => {
  expect(growing([series('count', (minute) => 20 + (minute % 3))])).toEqual([]);
  expect(growing([series('count', (minute) => 20 + minute)])).toHaveLength(1);
});
