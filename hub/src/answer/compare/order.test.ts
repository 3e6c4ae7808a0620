import { expect, test } from 'vitest';
import { inOrder, rowOf, stateOf, topOf } from './order.ts';

const count = (by: 'all' | 'cause' | 'program', name: string, now: number, before: number) => ({
  ...{ by, name, count: now, before, rise: now - before, fall: before - now },
  ...{ blindNow: false, blindBefore: false },
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
    { name: 'nginx', count: 9, before: 3, state: 'more' },
    { name: 'same', count: 7, before: 7, state: 'same' },
  ]);
  expect(topOf(counts, 'program').map(({ name }) => name)).not.toContain('gone');
});

test.each([
  ['new where nobody watched before', 4, 0, { rise: 0, fall: -4, blindBefore: true }, 'not-known'],
  ['gone where nobody watches now', 0, 3, { rise: -3, fall: 0, blindNow: true }, 'not-known'],
  ['new on a host that was watched before', 4, 0, { rise: 1, blindBefore: true }, 'new'],
  ['more on hosts that were, less in all', 4, 9, { rise: 2, fall: 0, blindNow: true }, 'not-known'],
  ['more, and it went dark meanwhile', 4, 1, { rise: 3, fall: 0, blindNow: true }, 'more'],
  ['fewer, and it was not watched before', 1, 5, { rise: 0, fall: 4, blindBefore: true }, 'fewer'],
  ['more here and fewer there', 5, 4, { rise: 3, fall: 2, blindBefore: true }, 'not-known'],
  ['as many, of which some were not seen', 4, 4, { rise: 0, fall: 0, blindNow: true }, 'not-known'],
])('says only what was watched: %s', (_what, now, before, more, state) => {
  expect(stateOf({ ...count('program', 'nginx', now, before), ...more })).toBe(state);
});
