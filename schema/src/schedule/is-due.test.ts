import { expect, it } from 'vitest';
import { isDue } from './is-due.ts';

/** A Monday. */
const at = new Date('2026-11-23T03:15:01Z');

it.each([
  ['15 3 * * *', 'UTC', true],
  ['16 3 * * *', 'UTC', false],
  ['15 4 * * *', 'Europe/Berlin', true],
  ['*/5 * * * *', 'UTC', true],
  ['15 3 1 * mon', 'UTC', true],
  ['15 3 1 * tue', 'UTC', false],
  ['15 3 23 * *', 'UTC', true],
  ['@hourly', 'UTC', false],
  ['@reboot', 'UTC', null],
  ['no schedule', 'UTC', null],
])('%s in %s: %s', (schedule, zone, due) => {
  expect(isDue(schedule, zone, at)).toBe(due);
});
