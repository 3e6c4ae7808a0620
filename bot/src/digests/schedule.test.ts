import { expect, it } from 'vitest';
import { lastPeriod, nextAt, wrongIn } from './schedule.ts';

const workdays = { kind: 'daily', expression: '0 9 * * 1-5', zone: 'Europe/Berlin' } as const;

it('is of the time since the one before: on a Monday since Friday', () => {
  expect(lastPeriod(workdays, new Date('2026-11-23T08:00:00Z'))).toEqual({
    from: '2026-11-20T08:00:00.000Z',
    to: '2026-11-23T08:00:00.000Z',
  });
  expect(lastPeriod(workdays, new Date('2026-11-23T07:59:59Z')).to).toBe(
    '2026-11-20T08:00:00.000Z',
  );
});

it('keeps to the clock on the wall when it is changed', () => {
  const daily = { ...workdays, expression: '0 9 * * *' };
  expect(lastPeriod(daily, new Date('2026-10-25T12:00:00Z'))).toEqual({
    from: '2026-10-24T07:00:00.000Z',
    to: '2026-10-25T08:00:00.000Z',
  });
  expect(nextAt(daily, new Date('2026-10-24T07:00:00Z')).toISOString()).toBe(
    '2026-10-25T08:00:00.000Z',
  );
});

it('is of a month at most', () => {
  const yearly = { ...workdays, expression: '0 0 1 1 *', zone: 'UTC' };
  expect(lastPeriod(yearly, new Date('2026-06-01T00:00:00Z'))).toEqual({
    from: '2025-12-01T00:00:00.000Z',
    to: '2026-01-01T00:00:00.000Z',
  });
});

it.each([
  ['0 9 * *x', 'UTC'],
  ['0 25 * * *', 'UTC'],
  ['0 9 * * *', 'Berlin'],
])('%s in %s is wrong', (expression, zone) => {
  expect(wrongIn({ expression, zone })).not.toBeNull();
});
