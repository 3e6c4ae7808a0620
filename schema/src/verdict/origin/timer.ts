import type { Event, EventOf } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { calendarMatches } from '../../schedule/calendar.ts';
import { lineage, type Reference, startedAt } from './ancestor.ts';
import type { Found } from './found.ts';

/** systemd may start a timer's unit this much later (AccuracySec), and a clock shows whole seconds. */
const accuracyMs = 61_000;
const minuteMs = 60_000;
const init = 1;

/**
 * A process of a service that a timer had just started. A timer's service may be started by hand too:
 * only one that began when the timer was due is said to be the timer's.
 */
export function timerOrigin(
  process: Process,
  evidence: readonly Event[],
  reference: Reference,
): Found | null {
  const { unit } = process;
  if (!unit?.endsWith('.service')) return null;
  const timers = standingTimers(evidence, unit);
  const above = lineage(process);
  const isRoot = above.at(-1)?.pid === init;
  const main = isRoot ? above.at(-2) : null;
  const began = main ? startedAt(main, reference) : null;
  if (began === null || new Set(timers.map(({ file }) => file)).size !== 1) return null;
  const timer = timers.find((one) => wasDue(one, new Date(began)));
  if (!timer) return null;
  return {
    origin: {
      type: 'timer',
      name: timer.file.slice(timer.file.lastIndexOf('/') + 1),
      file: timer.file,
      schedule: timer.schedule,
      unit,
    },
    cites: [timer],
  };
}

function wasDue({ schedule, timeZone, delayMinutes }: EventOf<'cron-job'>, began: Date): boolean {
  const withinMs = accuracyMs + (delayMinutes ?? 0) * minuteMs;
  return calendarMatches(schedule, timeZone ?? 'UTC', began, withinMs) === true;
}

/** Timers that start the unit, as they are told last. */
function standingTimers(evidence: readonly Event[], unit: string): EventOf<'cron-job'>[] {
  const newest = new Map<string, EventOf<'cron-job'>>();
  for (const job of evidence) {
    if (job.kind !== 'cron-job' || job.job !== unit || !job.file.endsWith('.timer')) continue;
    const key = `${job.file}\n${job.schedule}`;
    const known = newest.get(key);
    if (!known || (known.at ?? '') <= (job.at ?? '')) newest.set(key, job);
  }
  return [...newest.values()].filter(({ removed }) => !removed);
}
