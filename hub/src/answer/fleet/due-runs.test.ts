import { expect, test } from 'vitest';
import { dueRuns } from './due-runs.ts';

const ms = (at: string) => Date.parse(at);
const run = (
  schedules: readonly (readonly [string, string, number?])[],
  from: string,
  until: string,
  enough = 100,
) =>
  dueRuns(
    schedules.map(([schedule, timeZone, lines = 1]) => ({ schedule, timeZone, lines })),
    { afterMs: ms(from) - 1, untilMs: ms(until), countAfterMs: ms(from) - 1, enough },
  ).due.map(({ at, schedule }) => `${at.slice(0, 16)} ${schedule}`);

test('in order of time, each as often as it runs, both ends included', () => {
  expect(
    run(
      [
        ['*/30 * * * *', 'UTC'],
        ['0 4 * * *', 'Europe/Berlin'],
        ['at 2027-01-10T03:10:00.000Z', 'UTC'],
        ['OnCalendar=*-*-* 03:20:00', 'UTC'],
        ['@reboot', 'UTC'],
        ['0 0 30 2 *', 'UTC'],
        ['no schedule', 'UTC'],
        ['0 3 * * *', 'Mars/Olympus'],
      ],
      '2027-01-10T03:00:00Z',
      '2027-01-10T04:00:00Z',
    ).sort(),
  ).toEqual([
    '2027-01-10T03:00 */30 * * * *',
    '2027-01-10T03:00 0 4 * * *',
    '2027-01-10T03:10 at 2027-01-10T03:10:00.000Z',
    '2027-01-10T03:20 OnCalendar=*-*-* 03:20:00',
    '2027-01-10T03:30 */30 * * * *',
    '2027-01-10T04:00 */30 * * * *',
  ]);
});

test('times never go back', () => {
  const due = run(
    [
      ['*/7 * * * *', 'UTC'],
      ['3-59/11 * * * *', 'Asia/Kolkata'],
      ['*/5 * * * *', 'America/New_York'],
      ['30 2 * * *', 'Europe/Berlin'],
    ],
    '2027-03-28T00:00:00Z',
    '2027-03-28T03:00:00Z',
  );
  expect(due).toEqual([...due].sort((a, b) => (a.slice(0, 16) < b.slice(0, 16) ? -1 : 0)));
  expect(due.filter((each) => each.endsWith('30 2 * * *'))).toHaveLength(1);
});

test('goes on until enough lines have run, and then to the end of that moment', () => {
  const schedules = [
    ['0 * * * *', 'UTC', 3],
    ['30 * * * *', 'UTC', 2],
    ['*/30 * * * *', 'UTC', 1],
  ] as const;
  const until = '2027-01-11T00:00:00Z';
  expect(run(schedules, '2027-01-10T03:00:00Z', until, 4)).toHaveLength(2);
  expect(run(schedules, '2027-01-10T03:00:00Z', until, 5)).toHaveLength(4);
});

test('what was told of the first moment does not count', () => {
  const at = ms('2027-01-10T03:00:00Z');
  const { due, isEnd } = dueRuns([{ schedule: '0 * * * *', timeZone: 'UTC', lines: 500 }], {
    ...{ afterMs: at - 1, countAfterMs: at, untilMs: at + 86_400_000, enough: 10 },
  });
  expect(isEnd).toBe(false);
  expect(due.map((each) => each.at)).toEqual([
    '2027-01-10T03:00:00.000Z',
    '2027-01-10T04:00:00.000Z',
  ]);
});
