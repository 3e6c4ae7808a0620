import { stableId } from '@coroner/schema/identity';
import type { Host } from '../host.ts';
import type { RawEvent } from '../source.ts';

/**
 * The id of an event, from host, boot, source, kind and content. Where the event has a time since
 * boot, its wall clock time is left out: it is computed anew by each reader, and the clock may step.
 */
export function eventId(host: Host, event: RawEvent): string {
  if (event.id !== undefined) return event.id;
  const { kind, source, at, backfilled: _, ...content } = event;
  const time = typeof event.bootUs === 'number' ? '' : String(at);
  return stableId(host.name, host.bootId, source, kind, time, JSON.stringify(content));
}
