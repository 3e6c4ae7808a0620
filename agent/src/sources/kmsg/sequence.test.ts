import { expect, it } from 'vitest';
import { sequence } from './sequence.ts';

const record = (seq: number) => ({ facility: 0, seq, logUs: seq * 10, text: '' });

it('counts what is missing between two records, and from when to when', () => {
  const gapBefore = sequence();
  expect(gapBefore(record(500))).toBeNull();
  expect(gapBefore(record(501))).toBeNull();
  expect(gapBefore(record(600))).toEqual({ lost: 98, sinceUs: 5010, untilUs: 6000 });
  expect(gapBefore(record(601))).toBeNull();
});

it('takes a number that goes back for no loss', () => {
  const gapBefore = sequence();
  gapBefore(record(9));
  expect(gapBefore(record(3))).toBeNull();
});
