import { expect, test } from 'vitest';
import { inOrder, rowOf, topOf } from './order.ts';

const count = (by: 'all' | 'cause' | 'program', name: string, now: number, before: number) => ({
  ...{ by, name, count: now, before },
});
const counts = [
  count('program', 'same', 7, 7),
  count('program', 'nginx', 9, 3),
  count('program', 'gone', 0, 11),
  count('program', '__proto__', 2, 0),
  count('cause', 'crash', 9, 15),
  count('all', 'all', 18, 18),
];

test('all deaths come first, then what changed most', () => {
  expect(inOrder(counts).map(({ name }) => name)).toEqual([
    ...['all', 'gone', 'crash', 'nginx', '__proto__', 'same'],
  ]);
});

test('says of each name what became of it', () => {
  expect(counts.map(rowOf).map(({ change, state }) => [change, state])).toEqual([
    ...[[0, 'same'] as const, [6, 'more'] as const, [-11, 'gone'] as const],
    ...[[2, 'new'] as const, [-6, 'fewer'] as const, [0, 'same'] as const],
  ]);
});

test('the names of a period have the most first, and those of before alone are gone', () => {
  expect(topOf(counts, 'program', 2)).toEqual([
    { name: 'nginx', count: 9, before: 3 },
    { name: 'same', count: 7, before: 7 },
  ]);
  expect(topOf(counts, 'program').map(({ name }) => name)).not.toContain('gone');
});
