import type { ClockSample } from '@coroner/schema/tables/host-clocks';

/** A host's clock against the hub's. */
export interface ClockEstimate {
  /** When the host booted, by the hub's clock, ms since 1970; null without any time since boot. */
  bootedMs: number | null;
  /** The host's wall clock minus the hub's. */
  offsetMs: number;
  /** How far that may be wrong. */
  errorMs: number;
}

/** Fewer messages may all have waited on the way. */
const fewestForTrust = 4;
const untrustedErrorMs = 1_000;
const leastErrorMs = 50;
const longestWayMs = 10_000;

/**
 * A message can only be late, so the least of (receipt − sending) is nearest to the truth. It is
 * taken on the clock that counts since boot, which nobody sets: a wall clock that was set does not
 * disturb it, and its error is then what the newest message says. Needs at least one sample.
 */
export function estimateClock(samples: readonly ClockSample[]): ClockEstimate {
  const sinceBoot = samples.filter(hasBootTime);
  const newest = sinceBoot.at(-1);
  if (!newest || !isRunning(sinceBoot)) {
    const delays = samples.map(({ receivedMs, wallMs }) => receivedMs - wallMs);
    const least = Math.min(...delays);
    return { bootedMs: null, offsetMs: -least, errorMs: errorOf(delays, least) };
  }
  const boots = sinceBoot.map(({ receivedMs, bootMs }) => receivedMs - bootMs);
  const bootedMs = Math.min(...boots);
  return {
    bootedMs,
    offsetMs: newest.wallMs - newest.bootMs - bootedMs,
    errorMs: errorOf(boots, bootedMs),
  };
}

const hasBootTime = (sample: ClockSample): sample is ClockSample & { bootMs: number } =>
  sample.bootMs !== null;

/** A counter that stands still, or runs at another pace than the hub's, is none. */
function isRunning(samples: readonly (ClockSample & { bootMs: number })[]): boolean {
  const [oldest, newest] = [samples[0], samples.at(-1)];
  if (!oldest || !newest) return false;
  const receivedMs = newest.receivedMs - oldest.receivedMs;
  const countedMs = newest.bootMs - oldest.bootMs;
  return Math.abs(countedMs - receivedMs) <= Math.max(longestWayMs, receivedMs / 2);
}

/** What the way of the usual message adds to that of the fastest, twice. */
function errorOf(delays: readonly number[], least: number): number {
  const sorted = delays.map((delay) => delay - least).sort((a, b) => a - b);
  const usual = sorted[sorted.length >> 1] ?? 0;
  const floor = delays.length < fewestForTrust ? untrustedErrorMs : leastErrorMs;
  return Math.max(floor, 2 * usual);
}
