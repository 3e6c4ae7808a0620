import { expect, it } from 'vitest';
import { onceForShared } from './shared.ts';

it('asks once for one object, and again for an equal one', () => {
  let asked = 0;
  const numbered = onceForShared((_: object) => ++asked);
  const one = { pid: 1 };
  expect([numbered(one), numbered(one), numbered({ pid: 1 })]).toEqual([1, 1, 2]);
});

it('forgets when it holds many', () => {
  let asked = 0;
  const numbered = onceForShared((_: object) => ++asked);
  const first = {};
  numbered(first);
  for (let index = 0; index < 1000; index += 1) numbered({});
  expect(numbered(first)).toBeGreaterThan(1);
});
