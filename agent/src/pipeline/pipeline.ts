import type { Host } from '../host.ts';
import { redactEvent } from '../redact/event.ts';
import type { Emit, RawEvent } from '../source.ts';
import type { SpoolRecord } from '../spool/record.ts';
import { eventId } from './event-id.ts';
import { fitted } from './fitted.ts';
import { recentIds } from './recent-ids.ts';

export interface PipelineOptions {
  readonly host: Host;
  /** Fills in the names of users, units and containers. */
  identify(event: RawEvent): RawEvent;
  /** Where finished events go. */
  append(record: SpoolRecord): void;
  /** Ids of events that were taken by an earlier run. */
  readonly known: readonly string[];
  onError(error: Error, event: RawEvent): void;
}

/** An event of a source → redacted, with its id, its names, of bounded size. Never throws. */
export function pipeline({ host, identify, append, known, onError }: PipelineOptions): Emit {
  const seen = recentIds(known);
  return (raw) => {
    try {
      const redacted = redactEvent(raw);
      const id = eventId(host, redacted);
      if (seen(id)) return;
      append({
        id,
        json: fitted({ ...identify(redacted), id }),
        atMs: redacted.at === null ? Date.now() : Date.parse(redacted.at),
        lost: 0,
      });
    } catch (error) {
      onError(error as Error, raw);
    }
  };
}
