const nsPerUs = 1000;

/** Turns the times of a trace clock into µs since boot. */
export interface TraceClock {
  /** Told the newest time that was read, and what CLOCK_BOOTTIME is now. */
  compare(newestNs: number, nowBootUs: number): void;
  toBootUs(ns: number): number;
}

/**
 * `boot` counts as CLOCK_BOOTTIME does. Other clocks are held against it whenever something was
 * read: late by the time that reading took, some milliseconds.
 */
export function traceClock(name: string): TraceClock {
  let offsetUs = 0;
  return {
    compare(newestNs, nowBootUs) {
      if (name !== 'boot') offsetUs = nowBootUs - newestNs / nsPerUs;
    },
    toBootUs: (ns) => Math.max(0, Math.floor(ns / nsPerUs + offsetUs)),
  };
}
