import { layout } from './layout.ts';
import { readCount, readUs } from './read.ts';
import type { Counters } from './record.ts';

export const noCounts: Counters = {
  exits: 0,
  nearMisses: 0,
  folded: 0,
  evicted: 0,
  deaths: 0,
  lost: 0,
  lostFirstUs: 0,
  lostLastUs: 0,
  toldUs: 0,
};

/**
 * The values of all CPUs, one after the other, as one. Of the loss times: the span of what was lost
 * since `toldUs`, the last loss that was told; a CPU that lost nothing since has no part in it.
 */
export function decodeCounters(values: Buffer, toldUs = 0): Counters {
  const field = layout.counters;
  const sum = { ...noCounts };
  for (let at = 0; at + field.size <= values.length; at += field.size) {
    sum.exits += readCount(values, at + field.exits);
    sum.nearMisses += readCount(values, at + field.nearMisses);
    sum.folded += readCount(values, at + field.folded);
    sum.evicted += readCount(values, at + field.evicted);
    sum.deaths += readCount(values, at + field.deaths);
    sum.lost += readCount(values, at + field.lost);
    const first = readUs(values, at + field.lostFirstNs);
    const last = readUs(values, at + field.lostLastNs);
    if (first > 0 && last > toldUs)
      sum.lostFirstUs = sum.lostFirstUs ? Math.min(sum.lostFirstUs, first) : first;
    sum.lostLastUs = Math.max(sum.lostLastUs, last);
    sum.toldUs = Math.max(sum.toldUs, readUs(values, at + field.toldNs));
  }
  return sum;
}

/** What was told of them, as the map `reported` keeps it. */
export function encodeCounters(counters: Counters): Buffer {
  const field = layout.counters;
  const value = Buffer.alloc(field.size);
  for (const name of ['exits', 'nearMisses', 'folded', 'evicted', 'deaths', 'lost'] as const)
    value.writeBigUInt64LE(BigInt(counters[name]), field[name]);
  value.writeBigUInt64LE(BigInt(counters.lostFirstUs) * 1000n, field.lostFirstNs);
  value.writeBigUInt64LE(BigInt(counters.lostLastUs) * 1000n, field.lostLastNs);
  value.writeBigUInt64LE(BigInt(counters.toldUs) * 1000n, field.toldNs);
  return value;
}
