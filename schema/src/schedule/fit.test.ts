import { expect, test } from 'vitest';
import { fitSchedule } from './fit.ts';
import { nextRunOf } from './next-run-of.ts';

const start = Date.parse('2026-03-25T00:00:00Z');

/** Runs of a schedule from March 2026 on, each `late` ms late. */
function runsOf(schedule: string, timeZone: string, count: number, late = 7_000): number[] {
  const runs: number[] = [];
  let at = new Date(start);
  for (let index = 0; index < count; index += 1) {
    at = nextRunOf(schedule, timeZone, at) ?? at;
    runs.push(at.getTime() + late);
  }
  return runs;
}

const zones = ['Europe/Berlin', 'UTC'];

test.each([
  ['*/10 * * * *', 'UTC', 8],
  ['17 * * * *', 'UTC', 5],
  ['5 */6 * * *', 'Europe/Berlin', 6],
  // The clocks change on 29 March: only the zone's own time fits.
  ['30 3 * * *', 'Europe/Berlin', 8],
  ['15 4 * * 1-5', 'Europe/Berlin', 9],
  ['0 5 * * 0', 'Europe/Berlin', 4],
  ['0 5 1 * *', 'Europe/Berlin', 4],
])('%s in %s is found from %i times', (schedule, timeZone, count) => {
  const fit = fitSchedule(runsOf(schedule, timeZone, count), zones);
  expect(fit).toMatchObject({ schedule, occurrences: count });
});

test('a nightly job in UTC is not one of Berlin when the clocks change in between', () => {
  expect(fitSchedule(runsOf('30 3 * * *', 'UTC', 8), zones)).toMatchObject({
    schedule: '30 3 * * *',
    timeZone: 'UTC',
  });
});

test('several deaths of one run count once, and the job takes its time', () => {
  const runs = runsOf('30 3 * * *', 'UTC', 5, 40_000).flatMap((at) => [at, at + 500]);
  expect(fitSchedule(runs, ['UTC'])).toMatchObject({ schedule: '30 3 * * *', occurrences: 5 });
});

test.each<[string, number[]]>([
  ['three are too few', runsOf('0 3 * * *', 'UTC', 3)],
  ['one that is missing', runsOf('0 3 * * *', 'UTC', 6).filter((_, index) => index !== 3)],
  [
    'one that is five minutes late',
    runsOf('0 3 * * *', 'UTC', 6).map((at, i) => at + (i === 4 ? 300_000 : 0)),
  ],
  ['none', []],
])('nothing is made of %s', (_, times) => {
  expect(fitSchedule(times, ['UTC'])).toBeNull();
});
