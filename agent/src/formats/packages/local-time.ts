import { zonedTimeMs } from '@coroner/schema/schedule/zoned-time';

const form = /^(\d{4})-(\d\d)-(\d\d)[T ] ?(\d\d):(\d\d):(\d\d)/;

/** `2026-11-23 07:50:57`, of a log that writes the wall clock of its host; null for anything else. */
export function localTime(text: string, timeZone: string | undefined): string | null {
  const [, ...parts] = form.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (parts.length === 0 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  return new Date(zonedTimeMs([year, month, day, hour, minute, second], timeZone)).toISOString();
}
