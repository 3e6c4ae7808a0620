import type { Cause } from '@coroner/schema/cause';

interface Counted {
  name: string;
  count: number;
}

/** The names of `now` with their counts of before, which may be zero. */
export function compared(
  now: readonly Counted[],
  before: readonly Counted[],
): (Counted & { before: number })[] {
  const counts = new Map(before.map(({ name, count }) => [name, count]));
  return now.map(({ name, count }) => ({ name, count, before: counts.get(name) ?? 0 }));
}

/** All causes of the period, most first; those that were there before alone are left out. */
export function comparedCauses(
  now: readonly { cause: Cause; count: number }[],
  before: readonly { cause: Cause; count: number }[],
): { cause: Cause; count: number; before: number }[] {
  const earlier = summed(before);
  return [...summed(now)]
    .map(([cause, count]) => ({ cause, count, before: earlier.get(cause) ?? 0 }))
    .sort((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1));
}

export const total = (counts: readonly { count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);

function summed(counts: readonly { cause: Cause; count: number }[]): Map<Cause, number> {
  const sums = new Map<Cause, number>();
  for (const { cause, count } of counts) sums.set(cause, (sums.get(cause) ?? 0) + count);
  return sums;
}
