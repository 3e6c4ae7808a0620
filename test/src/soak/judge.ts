import { median } from '../bench/figures.ts';
import { type Point, slopePerHour } from './slope.ts';

/** One thing that may grow: what it is of, and its values in time. */
export interface Series {
  of: string;
  what: 'memory' | 'count';
  points: readonly Point[];
}

/** The first part, in which caches fill and the engine compiles. */
const warmUpShare = 0.3;
/** Of what it has: less is the noise of a collector, and would take days to matter. */
const toleratedShare = 0.1;
const toleratedMb = 6;
const toleratedCount = 8;
/** Pools open what the load of a moment needs. */
const toleratedCountShare = 0.5;
/** Of how far values usually lie from the line: what a collector gives back now and then. */
const toleratedSpreads = 3;

const msPerHour = 3_600_000;

/** The median distance from a line of this slope. */
function spreadAround(points: readonly Point[], perMs: number): number {
  const level = points.map(({ atMs, value }) => value - perMs * atMs);
  const middle = median(level);
  return median(level.map((value) => Math.abs(value - middle)));
}

/** After the warm-up. */
function settledPart(points: readonly Point[]): Point[] {
  return points.slice(Math.ceil(points.length * warmUpShare));
}

/**
 * What grew, in words. Memory by its slope over the time that was measured; counts (descriptors,
 * connections, consumers) by their median in the first and in the last quarter of it.
 */
export function growing(all: readonly Series[]): string[] {
  return all.flatMap(({ of, what, points }) => {
    const settled = settledPart(points);
    if (settled.length === 0) return [];
    const usual = median(settled.map(({ value }) => value));
    if (what === 'memory') {
      const hours = ((settled.at(-1)?.atMs ?? 0) - (settled[0]?.atMs ?? 0)) / msPerHour;
      const perHour = slopePerHour(settled);
      const grown = perHour * hours;
      const spread = spreadAround(settled, perHour / msPerHour);
      if (grown <= Math.max(toleratedMb, usual * toleratedShare, spread * toleratedSpreads))
        return [];
      return [
        `${of} grew by ${grown.toFixed(1)} MB to ${usual.toFixed(0)} (${perHour.toFixed(1)} MB/h)`,
      ];
    }
    const quarter = Math.ceil(settled.length / 4);
    const before = median(settled.slice(0, quarter).map(({ value }) => value));
    const after = median(settled.slice(-quarter).map(({ value }) => value));
    return after - before > Math.max(toleratedCount, before * toleratedCountShare)
      ? [`${of} grew from ${before} to ${after}`]
      : [];
  });
}
