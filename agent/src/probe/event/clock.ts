import { clockUs } from '../native/libc.ts';

const msPerSecond = 1000;
const usPerSecond = 1_000_000;
const usDigits = 6;
const secondLength = '2026-11-23T03:12:07'.length;
/** The last instant that ISO 8601 writes with four digits of the year. */
const latestUs = Date.UTC(9999, 11, 31) * 1000;

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
  const second = Math.floor(epochUs / usPerSecond);
  const rest = String(epochUs - second * usPerSecond).padStart(usDigits, '0');
  return `${secondText(second)}.${rest}Z`;
}

/** The last seconds that were asked for: events come in bursts, and formatting dates is slow. */
const seconds = new Map<number, string>();
const keptSeconds = 64;

function secondText(second: number): string {
  const known = seconds.get(second);
  if (known) return known;
  if (seconds.size >= keptSeconds) seconds.clear();
  const text = new Date(second * msPerSecond).toISOString().slice(0, secondLength);
  seconds.set(second, text);
  return text;
}
