import { expect, it } from 'vitest';
import { matcher } from './globs.ts';

it.each([
  ['nginx', 'nginx', true],
  ['nginx', 'nginx-debug', false],
  ['py*', 'python3', true],
  ['?at', 'cat', true],
  ['?at', 'at', false],
  ['a.c', 'abc', false],
  ['[x]', '[x]', true],
  ['*', 'a\nb', true],
  ['****************x', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', false],
])('%s on %j: %s', (glob, name, matches) => {
  expect(matcher([glob])(['other', name])).toBe(matches);
});
