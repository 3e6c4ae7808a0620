import { expect, test } from 'vitest';
import { instantFromPostgres } from './instant.ts';

test.each([
  ['2026-11-23 03:12:07.123456+00', '2026-11-23T03:12:07.123456Z'],
  ['2026-11-23 03:12:07.5+00', '2026-11-23T03:12:07.500000Z'],
  ['2026-11-23 03:12:07+00', '2026-11-23T03:12:07.000000Z'],
  ['2026-11-23T03:12:07.120000Z', '2026-11-23T03:12:07.120000Z'],
])('%s is %s', (printed, instant) => {
  expect(instantFromPostgres(printed.replace(/Z$/, '+00'))).toBe(instant);
});
