import type { Event, EventKind, EventOf } from '../../event/event.ts';

const usPerMs = 1000;

/** One instant: by the wall clock of its host, and since its boot where that is known. */
export interface Moment {
  at: string | null;
  bootUs?: number | null | undefined;
}

/** Milliseconds from one instant of a wall clock to a later one. */
export const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** Milliseconds from the event to the moment: positive when the event came first; null without a common clock. */
export function msBefore(event: Moment, moment: Moment): number | null {
  if (typeof event.bootUs === 'number' && typeof moment.bootUs === 'number')
    return (moment.bootUs - event.bootUs) / usPerMs;
  if (event.at === null || moment.at === null) return null;
  return msBetween(event.at, moment.at);
}

/** Events of one kind at most `withinMs` before or after the moment, nearest first. */
export function near<Kind extends EventKind>(
  evidence: readonly Event[],
  kind: Kind,
  moment: Moment,
  withinMs: number,
): EventOf<Kind>[] {
  return between(evidence, kind, moment, withinMs, withinMs);
}

/** Events of one kind from `beforeMs` before the moment to `afterMs` after it, nearest first. */
export function between<Kind extends EventKind>(
  evidence: readonly Event[],
  kind: Kind,
  moment: Moment,
  beforeMs: number,
  afterMs: number,
): EventOf<Kind>[] {
  return evidence
    .filter((event): event is EventOf<Kind> => event.kind === kind)
    .flatMap((event) => {
      const ms = msBefore(event, moment);
      return ms !== null && ms <= beforeMs && ms >= -afterMs ? [{ event, ms }] : [];
    })
    .sort((a, b) => Math.abs(a.ms) - Math.abs(b.ms))
    .map(({ event }) => event);
}
