import { days, type QuietHours } from '@coroner/schema/http/alert-routes';
import { offsetMs, zonedTimeMs } from '@coroner/schema/schedule/zoned-time';

/** Hours that follow one another without a break, as on a weekend. */
const mostSpans = 8;

/** When the quiet hours end in which this moment lies, ms since the epoch; null outside of them. */
export function quietUntil(hours: QuietHours, atMs: number): number | null {
  let end: number | null = null;
  for (let span = 0; span < mostSpans; span += 1) {
    const next = endOfSpan(hours, end ?? atMs);
    if (next === null) break;
    end = next;
  }
  return end;
}

/** A span begins on a day of the zone's calendar; yesterday's may reach into today. */
function endOfSpan({ timeZone, from, to, days: on }: QuietHours, atMs: number): number | null {
  const local = new Date(atMs + offsetMs(atMs, timeZone));
  for (const daysBack of [0, 1]) {
    const date = new Date(
      Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() - daysBack),
    );
    const day = days[(date.getUTCDay() + 6) % 7];
    if (on !== undefined && day !== undefined && !on.includes(day)) continue;
    const start = clock(date, 0, from, timeZone);
    const end = clock(date, to > from ? 0 : 1, to, timeZone);
    if (start <= atMs && atMs < end) return end;
  }
  return null;
}

function clock(date: Date, daysOn: number, time: string, timeZone: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const day = date.getUTCDate() + daysOn;
  const month = date.getUTCMonth() + 1;
  return zonedTimeMs([date.getUTCFullYear(), month, day, hour, minute, 0], timeZone);
}
