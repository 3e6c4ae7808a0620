import { readFileSync } from 'node:fs';

const usPerSecond = 1_000_000;
const usPerMs = 1000;

/** Microseconds since boot, suspended time included (CLOCK_BOOTTIME), as /proc/uptime prints it: to 10 ms. */
export function uptimeUs(): number {
  return Math.round(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * usPerSecond);
}

/** Wall clock of the moment of boot, in µs since 1970; good to 10 ms. */
export function bootWallUs(): number {
  return Date.now() * usPerMs - uptimeUs();
}

/** Microseconds since 1970 as ISO 8601 with microseconds: `2026-11-23T03:12:07.123456Z`. */
export function isoMicros(wallUs: number): string {
  const seconds = Math.floor(wallUs / usPerSecond);
  const micros = Math.floor(wallUs - seconds * usPerSecond);
  const date = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${date}.${String(micros).padStart(6, '0')}Z`;
}
