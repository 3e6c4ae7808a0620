import { expect, test } from 'vitest';
import { filtersOf, limitOf } from './filters.ts';

const asked = { now: new Date('2026-11-23T09:00:00Z'), timezone: 'UTC' };

test('times are instants for the hub, words or ISO', () => {
  const options = {
    limit: '50',
    host: 'web-3',
    since: '2 hours ago',
    until: '2026-11-23T08:30:00Z',
  };
  expect(filtersOf(options, asked)).toEqual({
    host: 'web-3',
    since: '2026-11-23T07:00:00.000Z',
    until: '2026-11-23T08:30:00.000Z',
  });
});

test('a day has a beginning and an end', () => {
  const filters = filtersOf({ limit: '50', since: 'yesterday', until: 'yesterday' }, asked);
  expect(filters['since']).toBe('2026-11-22T00:00:00.000Z');
  expect(filters['until']).toMatch(/^2026-11-2(?:2T23:59:59|3T00:00:00)/);
});

test('what is to come is a time from now', () => {
  expect(filtersOf({ limit: '50', next: true, until: 'in 2 hours' }, asked)).toEqual({
    until: '2026-11-23T11:00:00.000Z',
  });
  expect(filtersOf({ limit: '50', until: 'in 1 day' }, asked)['until']).toMatch(/^2026-11-24T09/);
});

test('the option that is wrong is named', () => {
  expect(() => filtersOf({ limit: '50', since: 'blurp' }, asked)).toThrow(/--since "blurp"/);
  for (const limit of ['0', '-1', 'x', '1e9']) expect(() => limitOf({ limit })).toThrow(/--limit/);
  expect(limitOf({ limit: '7' })).toBe(7);
});
