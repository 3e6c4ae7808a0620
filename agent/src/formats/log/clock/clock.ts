/** A time as a log prints it; month 1 … 12. */
export interface PrintedTime {
  /** Null where the log leaves it out (RFC 3164 syslog). */
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Digits after the second, as printed. */
  readonly fraction: string;
  /** East of Greenwich; null = the local zone of the host that wrote it. */
  readonly offsetMinutes: number | null;
}

/** A line may be dated a little after the file's last change (another clock, a buffered write). */
const toleranceMs = 24 * 3600 * 1000;
const oldestYear = 1970;
const leapCycleYears = 8;

export interface Clock {
  /** ISO 8601 in UTC; null when the numbers are no time. */
  instant(time: PrintedTime): string | null;
}

/**
 * Completes printed times. A missing year is the latest one that does not put the line after
 * `now` (a function where a log is followed for months); so the lines of a file that is more than a year old at its start are dated too late. A
 * missing zone is `timeZone`, else that of this host.
 */
export function clock(now: Date | (() => Date), timeZone?: string): Clock {
  const offsetAt = timeZone === undefined ? hostOffset : zoneOffset(timeZone);
  const toMs = (time: PrintedTime, year: number): number | null => {
    const ms = Date.UTC(year, time.month - 1, time.day, time.hour, time.minute, time.second);
    // Date.UTC rolls 30 February over to March.
    if (new Date(ms).getUTCDate() !== time.day) return null;
    const offset = time.offsetMinutes ?? offsetAt(ms);
    return ms - offset * 60_000;
  };
  return {
    instant(time) {
      if (!isTime(time)) return null;
      const ms =
        time.year === null
          ? latest(time, typeof now === 'function' ? now() : now, toMs)
          : toMs(time, time.year);
      return ms === null ? null : format(ms, time.fraction);
    },
  };
}

function latest(
  time: PrintedTime,
  now: Date,
  toMs: (time: PrintedTime, year: number) => number | null,
): number | null {
  const limit = now.getTime() + toleranceMs;
  const thisYear = new Date(limit).getUTCFullYear();
  for (let year = thisYear; year > thisYear - leapCycleYears; year -= 1) {
    const ms = toMs(time, year);
    if (ms !== null && ms <= limit) return ms;
  }
  return null;
}

function isTime({ year, month, day, hour, minute, second }: PrintedTime): boolean {
  return (
    (year === null || (year >= oldestYear && year <= 9999)) &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour < 24 &&
    minute < 60 &&
    second <= 60
  );
}

function format(ms: number, fraction: string): string {
  const digits =
    fraction.length > 3 ? fraction.slice(0, 6).padEnd(6, '0') : fraction.padEnd(3, '0');
  return `${new Date(ms).toISOString().slice(0, 19)}.${digits}Z`;
}

/** Minutes east of Greenwich at a local time given as if it were UTC. */
function hostOffset(localMs: number): number {
  const utc = new Date(localMs);
  const local = new Date(
    utc.getUTCFullYear(),
    utc.getUTCMonth(),
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
  );
  return -local.getTimezoneOffset();
}

function zoneOffset(timeZone: string): (localMs: number) => number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const at = (utcMs: number): number => {
    const value: Record<string, number> = {};
    for (const { type, value: text } of parts.formatToParts(utcMs)) value[type] = Number(text);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = value;
    return (Date.UTC(year, month - 1, day, hour, minute) - utcMs + (utcMs % 60_000)) / 60_000;
  };
  return (localMs) => at(localMs - at(localMs) * 60_000);
}
