import type { Event } from '@coroner/schema/event/event';
import type { Host } from '../host.ts';
import { redactEvent } from '../redact/event.ts';
import type { RawEvent } from '../source.ts';
import { eventId } from './event-id.ts';

/** Turns what a source emits into an event: without secrets, with its id, with names. */
export function finisher(
  host: Host,
  identify: (event: RawEvent) => RawEvent,
): (raw: RawEvent) => Event {
  return (raw) => {
    const redacted = redactEvent(raw);
    return { ...identify(redacted), id: eventId(host, redacted) };
  };
}
