import { clockUs } from '../native/libc.ts';

const usPerMs = 1000;
const usDigits = 3;
/** The last instant that ISO 8601 writes with four digits of the year. */
const latestUs = Date.UTC(9999, 11, 31) * usPerMs;

/** Turns CLOCK_BOOTTIME into wall time. The wall clock may step, so the difference is measured again and again. */
export interface Clock {
  measure(): void;
  nowBootUs(): number;
  /** µs since boot → `2026-11-23T03:12:07.123456Z`. */
  instant(bootUs: number): string;
}

export function bootClock(): Clock {
  let offsetUs = measureOffset();
  return {
    measure: () => {
      offsetUs = measureOffset();
    },
    nowBootUs: () => clockUs('boottime'),
    instant: (bootUs) => instantOf(bootUs + offsetUs),
  };
}

function measureOffset(): number {
  const before = clockUs('boottime');
  const wall = clockUs('realtime');
  const after = clockUs('boottime');
  return wall - Math.round((before + after) / 2);
}

/** µs since the epoch as ISO 8601 with microseconds; what no calendar has becomes the nearest. */
export function instantOf(us: number): string {
  const epochUs = Math.min(Math.max(us, 0), latestUs);
  const ms = Math.floor(epochUs / usPerMs);
  const rest = String(epochUs - ms * usPerMs).padStart(usDigits, '0');
  return `${new Date(ms).toISOString().slice(0, -1)}${rest}Z`;
}
