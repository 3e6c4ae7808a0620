import { expect, test } from 'vitest';
import { uncertainOrder } from './order-of-hosts.ts';

const first = (host: string, atMs: number, errorMs: number | null = 50) => ({
  host,
  atMs,
  errorMs,
});

test('deaths further apart than the clocks may be wrong are in order', () => {
  expect(uncertainOrder([first('a', 0), first('b', 700), first('c', 1_400)])).toEqual([]);
  expect(uncertainOrder([first('a', 0, null)])).toEqual([]);
});

test('deaths closer than that may be in another order', () => {
  expect(uncertainOrder([first('a', 0), first('b', 700, 1_000)])).toEqual([
    'the order of deaths on different hosts that are less than 1.1 s apart is uncertain: their clocks agree no better',
  ]);
});

test('a clock that was never measured tells nothing', () => {
  const hosts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((host, index) =>
    first(host, index * 60_000, null),
  );
  expect(uncertainOrder(hosts)).toEqual([
    'the order of deaths on different hosts is uncertain: the clock of a, b, c, d, e and 2 more was never measured',
  ]);
});
