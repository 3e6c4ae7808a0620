import { expect, test } from 'vitest';
import { nextRunOf } from './next-run-of.ts';

test.each([
  // The clocks of Berlin go ahead on 28 March 2027, at 02:00, and back on 31 October, at 03:00.
  ['0 3 * * *', 'Europe/Berlin', '2027-03-27T00:00:00Z', '2027-03-27T02:00:00.000Z'],
  ['0 3 * * *', 'Europe/Berlin', '2027-03-27T03:00:00Z', '2027-03-28T01:00:00.000Z'],
  ['0 3 * * *', 'Europe/Berlin', '2027-10-30T03:00:00Z', '2027-10-31T02:00:00.000Z'],
  // Those of New York on 14 March and 7 November, at 02:00.
  ['0 3 * * *', 'America/New_York', '2027-03-13T12:00:00Z', '2027-03-14T07:00:00.000Z'],
  ['0 3 * * *', 'America/New_York', '2027-11-06T12:00:00Z', '2027-11-07T08:00:00.000Z'],
  // Tokyo has no summer time.
  ['0 3 * * *', 'Asia/Tokyo', '2027-03-28T00:00:00Z', '2027-03-28T18:00:00.000Z'],
])('%s in %s after %s', (schedule, timeZone, after, next) => {
  expect(nextRunOf(schedule, timeZone, new Date(after))?.toISOString()).toBe(next);
});

test('an hour that comes twice has one run, and one that is left out loses none', () => {
  const after = (at: string) => nextRunOf('30 2 * * *', 'Europe/Berlin', new Date(at));
  const twice = after('2027-10-30T12:00:00Z');
  expect(twice?.toISOString()).toBe('2027-10-31T00:30:00.000Z');
  expect(after('2027-10-31T02:00:00Z')?.toISOString()).toBe('2027-11-01T01:30:00.000Z');
  const missing = after('2027-03-27T12:00:00Z')?.getTime() ?? 0;
  expect(missing).toBeGreaterThanOrEqual(Date.parse('2027-03-28T00:30:00Z'));
  expect(missing).toBeLessThanOrEqual(Date.parse('2027-03-28T01:30:00Z'));
});
