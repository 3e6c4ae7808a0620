import { expect, test } from 'vitest';
import { instantOfNanos, isStorableInstant, normalInstant, shifted } from './instant.ts';

test.each([
  ['2026-08-01T03:00:00Z', '2026-08-01T03:00:00.000000Z'],
  ['2026-08-01T03:00:00.5Z', '2026-08-01T03:00:00.500000Z'],
  ['2026-08-01T03:00:00.123456789Z', '2026-08-01T03:00:00.123456Z'],
  ['2026-08-01T05:30:00.000001+05:30', '2026-08-01T00:00:00.000001Z'],
])('%s is %s', (text, normal) => {
  expect(normalInstant(text)).toBe(normal);
});

test('moving keeps microseconds', () => {
  expect(shifted('2026-08-01T03:00:00.123456Z', -1_000)).toBe('2026-08-01T02:59:59.123456Z');
});

test('the tables hold 1970 to 2200', () => {
  expect(isStorableInstant('1969-12-31T23:59:59Z')).toBe(false);
  expect(isStorableInstant('0000-01-01T00:00:00Z')).toBe(false);
  expect(isStorableInstant('2026-01-01T00:00:00Z')).toBe(true);
  expect(isStorableInstant('2200-01-01T00:00:00Z')).toBe(false);
});

test('nanoseconds of a message are an instant', () => {
  expect(instantOfNanos(1_785_553_200_123_456_789n)).toBe('2026-08-01T03:00:00.123456Z');
});
