/** An entry of `journalctl -o json`, systemd.journal-fields(7). */
export type JournalRecord = Readonly<Record<string, unknown>>;

/**
 * A field as text. It may be a string, an array of bytes (not UTF-8, or not printable), an array
 * of several values (the first counts), or null (too long for journalctl's threshold).
 */
export function field(record: JournalRecord, name: string): string | null {
  return asText(record[name]);
}

function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value) || value.length === 0) return null;
  if (typeof value[0] !== 'number') return asText(value[0]);
  return value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)
    ? Buffer.from(value as number[]).toString('utf8')
    : null;
}

/** A field that holds a decimal; null when it is absent or something else. */
export function numberField(record: JournalRecord, name: string): number | null {
  const text = field(record, name);
  if (text === null || !/^-?\d{1,16}$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}

const microsPerSecond = 1_000_000;
const latestSecond = 253_402_300_799;

/** `__REALTIME_TIMESTAMP` (µs since 1970) as ISO 8601; null when absent or out of range. */
export function recordedAt(record: JournalRecord): string | null {
  const micros = numberField(record, '__REALTIME_TIMESTAMP');
  if (micros === null || micros < 0 || micros / microsPerSecond > latestSecond) return null;
  const second = Math.floor(micros / microsPerSecond);
  const fraction = String(micros % microsPerSecond).padStart(6, '0');
  return `${new Date(second * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

/** Microseconds since boot: when the kernel logged it, else when journald took it. */
export function recordedBootUs(record: JournalRecord): number | null {
  const micros =
    numberField(record, '_SOURCE_MONOTONIC_TIMESTAMP') ??
    numberField(record, '__MONOTONIC_TIMESTAMP');
  return micros !== null && micros >= 0 ? micros : null;
}
