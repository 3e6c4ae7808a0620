import type { Loop } from '@coroner/schema/http/related';

/** Further apart, the next is another story. */
const widestGapMs = 10 * 60_000;
/** Closer together they are victims of one blow. */
const narrowestMs = 500;
const leastCount = 3;

/** The loop that a death is the newest of; `timesMs` are the deaths alike up to it, newest first. */
export function loopOf(timesMs: readonly number[]): Loop | null {
  const gaps: number[] = [];
  for (const [index, at] of timesMs.entries()) {
    const before = timesMs[index + 1];
    if (before === undefined || at - before > widestGapMs) break;
    gaps.push(at - before);
  }
  const since = timesMs[gaps.length];
  const everyMs = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  if (since === undefined || gaps.length + 1 < leastCount || everyMs < narrowestMs) return null;
  return { count: gaps.length + 1, since: new Date(since).toISOString(), everyMs };
}
