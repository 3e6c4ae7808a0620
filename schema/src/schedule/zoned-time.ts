/** Year, month (1 to 12), day, hour, minute, second. */
export type WallClock = readonly [number, number, number, number, number, number];

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds since the epoch of a wall clock in `timeZone` (default: of this host). */
export function zonedTimeMs(clock: WallClock, timeZone?: string): number {
  const [year, month, day, hour, minute, second] = clock;
  if (timeZone === undefined) {
    return new Date(year, month - 1, day, hour, minute, second).getTime();
  }
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  // Twice: the first guess may lie on the other side of a change of the offset.
  const guess = asUtc - offsetMs(asUtc, timeZone);
  return asUtc - offsetMs(guess, timeZone);
}

/** What the clocks of `timeZone` are ahead of UTC at that moment, in milliseconds. */
export function offsetMs(timeMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(timeMs).map((part) => [part.type, Number(part.value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const shown = Date.UTC(
    parts.year,
    parts.month - 1,
    parts.day,
    parts.hour,
    parts.minute,
    parts.second,
  );
  return shown - Math.floor(timeMs / 1000) * 1000;
}

/** Whether this is the IANA name of a time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
