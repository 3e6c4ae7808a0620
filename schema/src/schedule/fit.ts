import { nextRunOf } from './next-run-of.ts';
import { offsetMs } from './zoned-time.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A day of the month that few months have. */
const longestMs = 366 * dayMs;
/** Fewer may be chance. */
export const leastOccurrences = 4;
const mostOccurrences = 30;
/** A job takes its time until it kills; what lies closer together is one run. */
export const fitToleranceMs = 120_000;

export interface Fit {
  schedule: string;
  timeZone: string;
  occurrences: number;
}

/**
 * The schedule of crontab(5) that all of these times (ms, ascending; the newest 30 count) keep to: each
 * within two minutes after a run, every run met. Null where none does, or there are fewer than 4.
 */
export function fitSchedule(times: readonly number[], timeZones: readonly string[]): Fit | null {
  const starts = times.filter(
    (at, index) => index === 0 || at - (times[index - 1] ?? 0) > fitToleranceMs,
  );
  const runs = starts.slice(-mostOccurrences);
  const [first] = runs;
  if (first === undefined || runs.length < leastOccurrences) return null;
  const gaps = runs.slice(1).map((at, index) => at - (runs[index] ?? 0));
  const [leastMs, mostMs] = [Math.min(...gaps), Math.max(...gaps)];
  const mayFit = ({ everyMs: [least, most] }: Candidate) =>
    leastMs >= least - fitToleranceMs && mostMs <= most + fitToleranceMs;
  for (const timeZone of timeZones)
    for (let back = 0; back <= fitToleranceMs; back += minuteMs)
      for (const { schedule } of candidates(first - back, timeZone).filter(mayFit))
        if (keepsTo(runs, schedule, timeZone))
          return { schedule, timeZone, occurrences: runs.length };
  return null;
}

/** With the shortest and the longest time between two of its runs: most are told apart by that. */
interface Candidate {
  schedule: string;
  everyMs: readonly [least: number, most: number];
}

/** Schedules that run in this minute; a rarer one only where the more frequent do not fit. */
function candidates(atMs: number, timeZone: string): Candidate[] {
  const shown = new Date(atMs + offsetMs(atMs, timeZone));
  const [minute, hour] = [shown.getUTCMinutes(), shown.getUTCHours()];
  const time = `${minute} ${hour}`;
  return [
    ...[5, 10, 15, 20, 30]
      .filter((n) => minute % n === 0)
      .map((n) => ({ schedule: `*/${n} * * * *`, everyMs: [n * minuteMs, n * minuteMs] as const })),
    candidate(`${minute} * * * *`, hourMs),
    ...[2, 3, 4, 6, 8, 12]
      .filter((n) => hour % n === 0)
      .map((n) => candidate(`${minute} */${n} * * *`, n * hourMs)),
    candidate(`${time} * * *`, dayMs),
    candidate(`${time} * * 1-5`, dayMs, 3 * dayMs),
    candidate(`${time} * * ${shown.getUTCDay()}`, 7 * dayMs),
    candidate(`${time} ${shown.getUTCDate()} * *`, 28 * dayMs, longestMs),
  ];
}

/** An hour more or less where the clocks change. */
function candidate(schedule: string, leastMs: number, mostMs = leastMs): Candidate {
  return { schedule, everyMs: [leastMs - hourMs, mostMs + hourMs] };
}

function keepsTo(times: readonly number[], schedule: string, timeZone: string): boolean {
  let due: number | null = null;
  for (const at of times) {
    const run = nextRunOf(schedule, timeZone, new Date(at - fitToleranceMs - 1))?.getTime();
    if (run === undefined || run > at || (due !== null && run !== due)) return false;
    due = nextRunOf(schedule, timeZone, new Date(run))?.getTime() ?? null;
  }
  return true;
}
