import type { KmsgRecord } from './record.ts';

/** Records that were overwritten before they were read. */
export interface SequenceGap {
  readonly lost: number;
  /** Times of the last record before and the first after. */
  readonly sinceUs: number;
  readonly untilUs: number;
}

/** Finds out from the sequence numbers what was not read. The first record has nothing before it. */
export function sequence(): (record: KmsgRecord) => SequenceGap | null {
  let last: KmsgRecord | null = null;
  return (record) => {
    const before = last;
    last = record;
    const lost = before ? record.seq - before.seq - 1 : 0;
    if (!before || lost <= 0) return null;
    return { lost, sinceUs: before.logUs, untilUs: record.logUs };
  };
}
