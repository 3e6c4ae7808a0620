import { expect, it } from 'vitest';
import { calendarMatches, nextCalendar } from './calendar.ts';

/** A Monday. */
const after = new Date('2026-11-23T03:15:00Z');

it.each([
  ['daily', '2026-11-24T00:00:00.000Z'],
  ['weekly', '2026-11-30T00:00:00.000Z'],
  ['*-*-* 06,18:00', '2026-11-23T06:00:00.000Z'],
  ['*:0/15', '2026-11-23T03:30:00.000Z'],
  ['Mon..Fri 22:30', '2026-11-23T22:30:00.000Z'],
  ['Sat,Sun *-*-* 04:00:30', '2026-11-28T04:00:30.000Z'],
  ['*-*-01 00:00:00', '2026-12-01T00:00:00.000Z'],
  ['Fri *-*-13 12:00', '2027-08-13T12:00:00.000Z'],
  ['03:00 Europe/Berlin', '2026-11-24T02:00:00.000Z'],
  ['2027-01-01 00:00', null],
  ['*-02~03 00:00', null],
  ['*-*-* 25:00', null],
  ['whenever', null],
])('OnCalendar=%s runs next at %s', (expression, next) => {
  const found = nextCalendar(`OnCalendar=${expression}`, 'UTC', after);
  expect(found?.toISOString() ?? null).toBe(next);
});

it('says whether a start was due, and nothing of timers that count', () => {
  const at = new Date('2026-11-23T03:00:20Z');
  expect(calendarMatches('OnCalendar=03:00', 'UTC', at, 60_000)).toBe(true);
  expect(calendarMatches('OnCalendar=02:00', 'UTC', at, 60_000)).toBe(false);
  expect(calendarMatches('OnUnitActiveSec=15min', 'UTC', at, 60_000)).toBeNull();
});
