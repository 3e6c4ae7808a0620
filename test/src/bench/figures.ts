/** The middle one, of an even number the mean of both. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** `99.99 %`; 100 only for all of it. */
export const percent = (share: number): string =>
  share === 1
    ? '100 %'
    : `${Math.min(share * 100, share < 1 ? 99.99 : Number.POSITIVE_INFINITY).toFixed(2)} %`;
export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;
export const megabytes = (mb: number): string => `${mb.toFixed(0)} MB`;
