const earliestMs = Date.UTC(1970, 0, 1);
const latestMs = Date.UTC(2200, 0, 1);
const digitsOfMicros = 6;

/** Whether the tables can hold this instant: from 1970 to 2200. */
export function isStorableInstant(text: string): boolean {
  const ms = Date.parse(text);
  return ms >= earliestMs && ms < latestMs;
}

/** An ISO 8601 instant in UTC with exactly six digits of a second, so that texts sort as times do. */
export function normalInstant(text: string): string {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  const seconds = new Date(Date.parse(text)).toISOString().slice(0, 19);
  return `${seconds}.${fraction.padEnd(digitsOfMicros, '0').slice(0, digitsOfMicros)}Z`;
}

/** `ms` later; microseconds are kept. */
export function shifted(instant: string, ms: number): string {
  const micros = instant.slice(-4, -1);
  const moved = new Date(Date.parse(instant) + ms).toISOString();
  return `${moved.slice(0, -1)}${micros}Z`;
}

/** Nanoseconds since 1970, as JetStream stamps messages, as an instant. */
export function instantOfNanos(nanos: bigint): string {
  const micros = nanos / 1000n;
  const ms = new Date(Number(micros / 1000n)).toISOString();
  return `${ms.slice(0, -1)}${String(micros % 1000n).padStart(3, '0')}Z`;
}
