import type { Host } from '../host.ts';
import { eventId } from '../pipeline/event-id.ts';
import { redactEvent } from '../redact/event.ts';
import type { RawEvent } from '../source.ts';
import type { History } from './progress/state.ts';

const msPerDay = 86_400_000;
/** Clocks of files are coarse. */
const toleranceMs = 60_000;

/**
 * Marks an event as one of the past, under the id that the live source would have given it in the
 * boot of the first start; null when it is outside of the time that is read, or does not say when
 * it was. Time since boot is left out when it is that of another boot.
 */
export function pastEvents(
  host: Host,
  {
    startedAt,
    days,
    bootId,
    bootedAt,
  }: Pick<History, 'startedAt' | 'days' | 'bootId' | 'bootedAt'>,
): (raw: RawEvent) => RawEvent | null {
  const startedMs = Date.parse(startedAt);
  const sinceMs = startedMs - days * msPerDay;
  const bootedMs = Date.parse(bootedAt);
  const idHost = { ...host, bootId };
  return (raw) => {
    if (raw.at === null) return null;
    const atMs = Date.parse(raw.at);
    if (!(atMs >= sinceMs && atMs <= startedMs + toleranceMs)) return null;
    const id = eventId(idHost, redactEvent(raw));
    const isOfThisBoot = host.bootId === bootId && atMs >= bootedMs;
    const isSinceAnother = typeof raw.bootUs === 'number' && !isOfThisBoot;
    return { ...raw, ...(isSinceAnother ? { bootUs: null } : {}), id, backfilled: true };
  };
}
