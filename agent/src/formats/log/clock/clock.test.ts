import { describe, expect, it } from 'vitest';
import { clock } from './clock.ts';
import { monthNumber } from './month.ts';
import { zoneOffsetMinutes } from './zone.ts';

describe('months', () => {
  it.each([
    ['Feb', 2],
    ['févr.', 2],
    ['helmi', 2],
    ['úno', 2],
    ['Şub', 2],
    ['лют', 2],
    ['2月', 2],
    ['2월', 2],
    ['Th02', 2],
    ['März', 3],
    ['maalis', 3],
    ['marraskuu', 11],
    ['мая', 5],
    ['Μαΐ', 5],
    ['août', 8],
    ['ก.พ.', 2],
    ['มี.ค.', 3],
    ['ม.ค.', 1],
    ['জুন', 6],
    ['сен', 9],
    ['ноя', 11],
    ['кві', 4],
    ['яну', 1],
    ['čen', 6],
    ['čec', 7],
    ['jui', 7],
    ['rugp.', 8],
    ['八月', 8],
    ['十二月', 12],
    ['Thg 8', 8],
    ['қаз', 10],
    ['מרץ', 3],
    ['مارس', 3],
    ['كانون الثاني', 1],
    ['de gen.', 1],
    ['d’ag.', 8],
    ['1-р сар', 1],
    ['lip', null],
    ['lis', null],
    ['srp', null],
    ['listopad', null],
    ['maj', 5],
    ['jan', 1],
    ['constructor', null],
    ['13月', null],
    ['12', null],
  ])('%s is %s', (word, month) => {
    expect(monthNumber(word)).toBe(month);
  });
});

describe('a month that is another one elsewhere', () => {
  it.each([
    ['lip', { weekday: 'sob' }, 7],
    ['lip', { weekday: 'Sub' }, 6],
    ['srp', { weekday: 'út' }, 8],
    ['srp', { weekday: 'Uto' }, 7],
    // Both languages say `pon`, and one of the two days was a Monday.
    ['lip', { weekday: 'pon', day: 14, year: 2025 }, 7],
    ['lip', { weekday: 'pon', day: 16, year: 2025 }, 6],
    ['lip', { weekday: 'pon' }, null],
    ['lip', { weekday: 'xyz', day: 14, year: 2025 }, null],
  ])('%s beside %o is %s', (word, context, month) => {
    expect(monthNumber(word, context)).toBe(month);
  });
});

describe('the clock', () => {
  const time = {
    year: null,
    month: 3,
    day: 10,
    hour: 23,
    minute: 0,
    second: 0,
    fraction: '',
    offsetMinutes: 0,
  };

  it('takes the latest year that is not in the future', () => {
    const { instant } = clock(new Date('2026-03-10T12:00:00Z'), 'UTC');
    expect(instant(time)).toBe('2026-03-10T23:00:00.000Z');
    expect(instant({ ...time, day: 12 })).toBe('2025-03-12T23:00:00.000Z');
    expect(instant({ ...time, month: 2, day: 29 })).toBe('2024-02-29T23:00:00.000Z');
  });

  it('keeps micros, and follows the zone through its changes', () => {
    const { instant } = clock(new Date('2026-12-31T00:00:00Z'), 'Europe/Berlin');
    const local = { ...time, offsetMinutes: null, fraction: '1234567' };
    expect(instant({ ...local, month: 1 })).toBe('2026-01-10T22:00:00.123456Z');
    expect(instant({ ...local, month: 7 })).toBe('2026-07-10T21:00:00.123456Z');
  });

  it.each([{ month: 13 }, { day: 31, month: 2 }, { hour: 24 }, { second: 61 }, { year: 12 }])(
    'refuses %o',
    (wrong) => {
      const { instant } = clock(new Date('2026-03-10T12:00:00Z'), 'UTC');
      expect(instant({ ...time, ...wrong })).toBeNull();
    },
  );
});

it.each([
  ['Z', 0],
  ['+02:00', 120],
  ['-0530', -330],
  ['CEST', 120],
  ['CST', null],
  [undefined, null],
])('zone %s is %s minutes', (text, minutes) => {
  expect(zoneOffsetMinutes(text)).toBe(minutes);
});
