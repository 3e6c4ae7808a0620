import type { QuietHours } from '@coroner/schema/http/alert-routes';
import { expect, test } from 'vitest';
import { quietUntil } from './quiet-hours.ts';

const nights: QuietHours = { timeZone: 'Europe/Berlin', from: '22:00', to: '07:00' };
const weekdays = { ...nights, days: ['mon', 'tue', 'wed', 'thu', 'fri'] } satisfies QuietHours;
const weekend = {
  ...nights,
  from: '00:00',
  to: '00:00',
  days: ['sat', 'sun'],
} satisfies QuietHours;
const lunch = { timeZone: 'UTC', from: '12:00', to: '13:30' };

test.each<[string, QuietHours, string, string | null]>([
  ['a night, in the evening', nights, '2026-11-23T21:30:00Z', '2026-11-24T06:00:00Z'],
  ['a night, in the morning', nights, '2026-11-24T05:59:59Z', '2026-11-24T06:00:00Z'],
  ['its end is no part of it', nights, '2026-11-24T06:00:00Z', null],
  ['its beginning is', nights, '2026-11-23T21:00:00Z', '2026-11-24T06:00:00Z'],
  ['by day', nights, '2026-11-23T12:00:00Z', null],
  ['in summer an hour earlier', nights, '2026-07-01T20:00:00Z', '2026-07-02T05:00:00Z'],
  ['the night in which summer begins', nights, '2026-03-29T00:30:00Z', '2026-03-29T05:00:00Z'],
  ['the night in which it ends', nights, '2026-10-25T00:30:00Z', '2026-10-25T06:00:00Z'],
  [
    'an end that the clock skips',
    { ...nights, to: '02:30' },
    '2026-03-29T00:00:00Z',
    '2026-03-29T01:30:00Z',
  ],
  ['the night after Friday', weekdays, '2026-11-28T02:00:00Z', '2026-11-28T06:00:00Z'],
  ['the night after Saturday', weekdays, '2026-11-29T02:00:00Z', null],
  ['two whole days are one span', weekend, '2026-11-28T10:00:00Z', '2026-11-29T23:00:00Z'],
  ['hours within a day', lunch, '2026-11-23T13:29:00Z', '2026-11-23T13:30:00Z'],
  ['the same of another day', { ...lunch, days: ['tue'] }, '2026-11-23T13:29:00Z', null],
  [
    'every hour of every day ends with the look',
    { ...lunch, from: '00:00', to: '00:00' },
    '2026-11-23T10:00:00Z',
    '2026-12-01T00:00:00Z',
  ],
])('%s', (_, hours, at, end) => {
  const until = quietUntil(hours, Date.parse(at));
  expect(until === null ? null : new Date(until).toISOString()).toBe(
    end === null ? null : new Date(end).toISOString(),
  );
});
