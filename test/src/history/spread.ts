/** The value below which `share` of the samples lie, by nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const p50 = 0.5;
export const p99 = 0.99;

/** `p50 12 ms, p99 40 ms (200)`. */
export function spread(samples: readonly number[]): string {
  const ms = (share: number) => `${percentile(samples, share).toFixed(0)} ms`;
  return `p50 ${ms(p50)}, p99 ${ms(p99)} (${samples.length})`;
}
