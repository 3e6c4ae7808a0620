const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** When shutdown(8) is to happen: `now`, `+MINUTES`, or a time of this host's day; null for anything else. */
export function dueAt(when: string, now: Date): string | null {
  if (when === 'now') return now.toISOString();
  const minutes = /^\+?(\d{1,6})$/.exec(when)?.[1];
  if (minutes !== undefined)
    return new Date(now.getTime() + Number(minutes) * minuteMs).toISOString();
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(when) ?? [];
  if (hour === undefined) return null;
  const due = new Date(now);
  due.setHours(Number(hour), Number(minute), 0, 0);
  return new Date(due.getTime() + (due <= now ? dayMs : 0)).toISOString();
}
