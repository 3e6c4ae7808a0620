import { expect, test } from 'vitest';
import { compared, comparedCauses, total } from './compare.ts';

test('names keep their order, and have zero where they are new', () => {
  const now = [
    { name: 'nginx', count: 9 },
    { name: '__proto__', count: 2 },
  ];
  expect(compared(now, [{ name: 'nginx', count: 3 }])).toEqual([
    { name: 'nginx', count: 9, before: 3 },
    { name: '__proto__', count: 2, before: 0 },
  ]);
});

test('causes are summed over their buckets, most first, and those of before alone are gone', () => {
  const now = [
    { cause: 'crash', count: 1 },
    { cause: 'oom-host', count: 2 },
    { cause: 'crash', count: 4 },
  ] as const;
  const before = [
    { cause: 'abort', count: 7 },
    { cause: 'crash', count: 6 },
  ] as const;
  expect(comparedCauses(now, before)).toEqual([
    { cause: 'crash', count: 5, before: 6 },
    { cause: 'oom-host', count: 2, before: 0 },
  ]);
  expect(total(now)).toBe(7);
});
