import { median } from '../bench/figures.ts';

/** A value at a time. */
export interface Point {
  atMs: number;
  value: number;
}

const msPerHour = 3_600_000;

/**
 * How much the values grow an hour, by Theil and Sen: the median of the slopes between any two points,
 * which single peaks (a garbage collection that is due) do not move. 0 for fewer than two points.
 */
export function slopePerHour(points: readonly Point[]): number {
  const slopes: number[] = [];
  for (const [index, a] of points.entries())
    for (const b of points.slice(index + 1))
      if (b.atMs > a.atMs) slopes.push((b.value - a.value) / (b.atMs - a.atMs));
  return slopes.length === 0 ? 0 : median(slopes) * msPerHour;
}
