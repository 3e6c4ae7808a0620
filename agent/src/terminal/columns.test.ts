import { expect, it } from 'vitest';
import { cell, wrapped } from './columns.ts';

it.each([
  ['nginx', 'nginx   '],
  ['a-very-long-name', 'a-very-…'],
  ['12345678', '12345678'],
])('a cell of eight: %s', (text, expected) => {
  expect(cell(text, 8)).toBe(expected);
});

it.each([
  ['one two three', 7, ['one two', 'three']],
  ['unbreakable of all', 5, ['unbreakable', 'of', 'all']],
  ['one two three', null, ['one two three']],
  ['', 10, ['']],
])('breaks %j at %s', (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});
