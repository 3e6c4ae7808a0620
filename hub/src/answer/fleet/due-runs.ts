import { nextRunOf } from '@coroner/schema/schedule/next-run-of';
import type { Due, Scheduled } from '../../store/fleet/list-cron-next.ts';

interface Bounds {
  /** Itself excluded. */
  afterMs: number;
  /** Itself included. */
  untilMs: number;
  /** Lines of earlier times, up to this, do not count for `enough`. */
  countAfterMs: number;
  enough: number;
}

interface Waiting extends Scheduled {
  nextMs: number;
}

const hourMs = 3_600_000;
/** A skipped hour moves a run; no clock skips more. */
const longestShiftHours = 4;

/**
 * When these schedules run, in order of time, until `enough` lines have run; all of the last moment.
 * Each schedule is asked for its next run only when the one before it is told.
 */
export function dueRuns(
  scheduled: readonly Scheduled[],
  bounds: Bounds,
): { due: Due[]; isEnd: boolean } {
  const waiting = scheduled
    .flatMap((each) => later(each, bounds.afterMs, bounds.untilMs))
    // The soonest is the last, where it is taken.
    .sort((a, b) => b.nextMs - a.nextMs);
  const due: Due[] = [];
  let counted = 0;
  let lastMs: number | null = null;
  for (let soonest = waiting.pop(); soonest; soonest = waiting.pop()) {
    const { schedule, timeZone, lines, nextMs } = soonest;
    if (counted >= bounds.enough && nextMs !== lastMs) return { due, isEnd: false };
    due.push({ schedule, timeZone, at: new Date(nextMs).toISOString() });
    if (nextMs > bounds.countAfterMs) counted += lines;
    lastMs = nextMs;
    for (const again of later(soonest, nextMs, bounds.untilMs))
      waiting.splice(placeFor(waiting, again.nextMs), 0, again);
  }
  return { due, isEnd: true };
}

function later(scheduled: Scheduled, afterMs: number, untilMs: number): Waiting[] {
  for (let hours = 0; hours <= longestShiftHours; hours += 1) {
    const nextMs = nextRunMs(scheduled, afterMs + hours * hourMs);
    if (nextMs === null || nextMs > untilMs) return [];
    // A run that a change of clocks moved forward is found again behind it.
    if (nextMs > afterMs) return [{ ...scheduled, nextMs }];
  }
  return [];
}

function nextRunMs({ schedule, timeZone }: Scheduled, afterMs: number): number | null {
  try {
    return nextRunOf(schedule, timeZone, new Date(afterMs))?.getTime() ?? null;
  } catch {
    // A zone that this machine does not know: no time is better than a wrong one.
    return null;
  }
}

/** Where it belongs among those that are sorted by time, the latest first. */
function placeFor(waiting: readonly Waiting[], nextMs: number): number {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((waiting[middle]?.nextMs ?? 0) > nextMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
