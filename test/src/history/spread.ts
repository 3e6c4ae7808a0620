/** The value below which `share` of the samples lie, by nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = 0.5;
export const tail = 0.99;

/** `p50 12 ms, p99 40 ms (200)`. */
export function spread(samples: readonly number[]): string {
  const ms = (share: number) => `${percentile(samples, share).toFixed(0)} ms`;
  return `p50 ${ms(median)}, p99 ${ms(tail)} (${samples.length})`;
}
