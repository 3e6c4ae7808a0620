const minuteMs = 60_000;

/** Minutes by which `timezone` is ahead of UTC at `instant`; 0 for a zone that is not known. */
export function offsetMinutes(timezone: string, instant: Date): number {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(instant);
    const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
    const wall = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return Math.round((wall - instant.getTime()) / minuteMs);
  } catch {
    // Slack may name a zone that this Node does not know: UTC, and answers carry their zone.
    return 0;
  }
}

/** The midnight with which the day of `instant` began, as the clocks of `timezone` show it. */
export function startOfDay(instant: Date, timezone: string): Date {
  const offset = offsetMinutes(timezone, instant);
  const wall = new Date(instant.getTime() + offset * minuteMs);
  const midnight = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());
  const guess = new Date(midnight - offset * minuteMs);
  return new Date(midnight - offsetMinutes(timezone, guess) * minuteMs);
}
