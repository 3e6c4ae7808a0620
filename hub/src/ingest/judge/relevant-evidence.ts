import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event, EventKind, EventOf } from '@coroner/schema/event/event';
import { subjectOf } from '../../store/events/event-row.ts';
import { evidenceWindows } from '../../store/events/evidence-window.ts';
import type { DatedEvent } from '../../store/events/load-evidence.ts';

const windows = new Map(evidenceWindows.map((window) => [window.kind, window]));

/** Records about one process, named by its pid: those about others say nothing, and come in thousands. */
const ofOneProcess: ReadonlySet<EventKind> = new Set<EventKind>([
  'kill-syscall',
  'abnormal-end',
  'reported-end',
  'coredump',
  'process-accounting',
]);

const mostEvents = 500;
const msPerSecond = 1000;

/** What matters for this death among the events around its neighbourhood: the nearest 500. */
export function relevantEvidence(
  death: DeathEvent,
  { bootId, diedAt }: { bootId: string; diedAt: string },
  around: readonly DatedEvent[],
): Event[] {
  const diedMs = Date.parse(diedAt);
  const near: { event: Event; distanceMs: number }[] = [];
  for (const { event: told, at, bootId: ofBoot } of around) {
    const event = ofBoot === bootId ? told : onWallClock(told);
    if (ofOneProcess.has(event.kind) && isAboutAnother(event, death)) continue;
    if (event.kind === 'counts' && !targetsOf(event).includes(death.victim.pid)) continue;
    const window = windows.get(event.kind);
    const beforeMs = diedMs - Date.parse(at);
    if (!window || beforeMs > window.backSeconds * msPerSecond) continue;
    if (-beforeMs > window.aheadSeconds * msPerSecond) continue;
    near.push({ event, distanceMs: Math.abs(beforeMs) });
  }
  if (near.length > mostEvents) {
    near.sort((a, b) => a.distanceMs - b.distanceMs);
    near.length = mostEvents;
  }
  return near.map(({ event }) => event);
}

/** The time since another boot is another clock. */
const onWallClock = (event: Event): Event =>
  event.bootUs == null ? event : { ...event, bootUs: null };

const targetsOf = ({ nearMissesBy = [] }: EventOf<'counts'>): number[] =>
  nearMissesBy.map(({ target }) => target.pid);

function isAboutAnother(event: Event, death: DeathEvent): boolean {
  const { pid } = subjectOf(event);
  return pid !== null && pid !== death.victim.pid;
}
