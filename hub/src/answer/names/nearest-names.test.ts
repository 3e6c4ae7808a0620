import { expect, test } from 'vitest';
import { editDistance, nearestNames } from './nearest-names.ts';

test.each([
  ['nginx', 'nginx', 0],
  ['ngnix', 'nginx', 1],
  ['ngin', 'nginx', 1],
  ['nginxx', 'nginx', 1],
  ['mginz', 'nginx', 2],
  ['java', 'postgres', 4],
  ['', 'ab', 2],
])('%s and %s are %i edits apart', (a, b, distance) => {
  expect(editDistance(a, b, 3)).toBe(distance);
});

test('the nearest comes first, the unlike not at all', () => {
  const known = ['nginx', 'nginx.service', 'ngniy', 'postgres', 'sh'];
  expect(nearestNames('ngnix', known, 5)).toEqual(['nginx', 'nginx.service', 'ngniy']);
  expect(nearestNames('zzz', known, 5)).toEqual([]);
});
