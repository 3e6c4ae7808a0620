import type { DeathEvent } from '../../event/death.ts';
import type { Event, EventKind, EventOf } from '../../event/event.ts';

const usPerMs = 1000;

/** Milliseconds from the event to the death: positive when the event came first; null without a common clock. */
export function msBefore(event: Event, death: DeathEvent): number | null {
  if (typeof event.bootUs === 'number' && typeof death.bootUs === 'number')
    return (death.bootUs - event.bootUs) / usPerMs;
  if (event.at === null || death.at === null) return null;
  return Date.parse(death.at) - Date.parse(event.at);
}

/** Events of one kind at most `withinMs` before or after the death, nearest first. */
export function near<Kind extends EventKind>(
  evidence: readonly Event[],
  kind: Kind,
  death: DeathEvent,
  withinMs: number,
): EventOf<Kind>[] {
  return evidence
    .filter((event): event is EventOf<Kind> => event.kind === kind)
    .map((event) => ({
      event,
      distance: Math.abs(msBefore(event, death) ?? Number.POSITIVE_INFINITY),
    }))
    .filter(({ distance }) => distance <= withinMs)
    .sort((a, b) => a.distance - b.distance)
    .map(({ event }) => event);
}
