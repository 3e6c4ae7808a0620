import type { SpoolRecord } from './record.ts';
import { eachEvent, type Segment } from './segment.ts';

/** Events that were dropped: how many, and the times of the first and the last. */
export interface Loss {
  readonly count: number;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** An event that is dropped counts as one; one that told of dropped events counts as those. */
export function addLoss(
  loss: Loss | null,
  { atMs, lost }: Pick<SpoolRecord, 'atMs' | 'lost'>,
): Loss {
  return {
    count: (loss?.count ?? 0) + (lost === 0 ? 1 : lost),
    sinceMs: Math.min(loss?.sinceMs ?? atMs, atMs),
    untilMs: Math.max(loss?.untilMs ?? atMs, atMs),
  };
}

/** What is lost when the events of a segment from an offset on are dropped. */
export function lossOf(segment: Segment, from: number): { loss: Loss | null; records: number } {
  let loss: Loss | null = null;
  let records = 0;
  eachEvent(segment, from, (record) => {
    loss = addLoss(loss, record);
    records += 1;
  });
  return { loss, records };
}
