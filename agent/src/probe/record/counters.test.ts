import { expect, it } from 'vitest';
import { decodeCounters, encodeCounters, noCounts } from './counters.ts';

const some = { ...noCounts, exits: 3, lost: 2, lostFirstUs: 5_000, lostLastUs: 9_000 };

it('sums the CPUs, with the losses from the first to the last', () => {
  const other = {
    ...noCounts,
    exits: 4,
    nearMisses: 1,
    lost: 1,
    lostFirstUs: 7_000,
    lostLastUs: 12_000,
  };
  expect(decodeCounters(Buffer.concat([encodeCounters(some), encodeCounters(other)]))).toEqual({
    ...noCounts,
    exits: 7,
    nearMisses: 1,
    lost: 3,
    lostFirstUs: 5_000,
    lostLastUs: 12_000,
  });
});

it('a CPU without losses does not move their time', () => {
  const both = Buffer.concat([encodeCounters(noCounts), encodeCounters(some)]);
  expect(decodeCounters(both)).toEqual(some);
});
