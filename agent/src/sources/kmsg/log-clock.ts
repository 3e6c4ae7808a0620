import { bootWallUs, isoMicros, uptimeUs } from '../../clock.ts';

const measured = 16;
/** Less than this is the delay of reading, not drift. */
const smallestDriftUs = 250_000;

/**
 * Translates the times of the kernel's log. Its clock (sched_clock) is not disciplined and does not
 * count suspended time: minutes off after months. The difference is measured whenever a record is
 * read at once; the least of the last few is the one with the least delay.
 */
export function logClock(nowUs = uptimeUs) {
  const differencesUs: number[] = [];
  const driftUs = (): number => {
    const least = Math.min(...differencesUs);
    return Number.isFinite(least) && Math.abs(least) >= smallestDriftUs ? least : 0;
  };
  return {
    /** A record with this time was written just now. */
    measure(logUs: number): void {
      differencesUs.push(nowUs() - logUs);
      if (differencesUs.length > measured) differencesUs.shift();
    },
    /** CLOCK_BOOTTIME, µs. */
    bootUs: (logUs: number): number => Math.max(0, logUs + driftUs()),
    /** Wall clock, ISO 8601. */
    at: (logUs: number): string => isoMicros(bootWallUs() + logUs + driftUs()),
  };
}
