import { expect, test } from 'vitest';
import { nextChanging } from './next-run.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { nextSteady } from './steady.ts';

const fieldsOf = (written: string): NonNullable<Schedule['fields']> => {
  const fields = parseSchedule(`${written} `)?.schedule.fields;
  if (!fields) throw new Error(`no schedule: ${written}`);
  return fields;
};

const schedules = [
  ...['* * * * *', '*/7 * * * *', '0 * * * *', '15,45 */3 * * *', '30 2 * * *', '0 0 * * *'],
  ...['59 23 * * *', '5 4 * * 0', '5 4 * * 7', '0 22 * * 1-5', '0 0 1 * *', '0 0 31 * *'],
  ...['0 12 13 * 5', '0 12 */2 * 1', '0 12 1,15 * sun', '10 3 * feb,mar *', '0 0 1 1 *', '@weekly'],
];
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];
/** Before, in and after changes of clocks, at the edges of days, months and a leap year. */
const times = [
  ...[
    '2026-11-29T17:00:00Z',
    '2027-03-28T00:59:59Z',
    '2027-03-28T01:30:00Z',
    '2027-10-31T00:20:00Z',
  ],
  ...[
    '2027-10-31T01:20:00Z',
    '2027-03-14T06:59:00Z',
    '2027-11-07T06:10:00Z',
    '2026-12-31T23:59:00Z',
  ],
  ...['2028-02-28T23:30:30.500Z', '2027-04-03T15:20:00Z', '2027-10-02T15:40:00Z'],
];

test.each(zones)('in %s it says what cron-parser says, where it says something', (zone) => {
  let said = 0;
  for (const written of schedules)
    for (const time of times) {
      const fields = fieldsOf(written);
      const after = new Date(time);
      const steady = nextSteady(fields, zone, after);
      if (steady === undefined) continue;
      said += 1;
      const slow = nextChanging(fields, zone, after);
      expect([written, time, steady.toISOString()]).toEqual([written, time, slow?.toISOString()]);
    }
  expect(said).toBeGreaterThan(100);
});

test('leaves to cron-parser what a change of clocks moves, and what is rare', () => {
  const after = (written: string, time: string) =>
    nextSteady(fieldsOf(written), 'Europe/Berlin', new Date(time));
  expect(after('30 2 * * *', '2027-03-27T12:00:00Z')).toBeUndefined();
  expect(after('30 2 * * *', '2027-10-31T01:10:00Z')).toBeUndefined();
  expect(after('0 0 29 2 *', '2027-03-27T12:00:00Z')).toBeUndefined();
});
