import type { Event } from '@coroner/schema/event/event';
import type { Emit, RawEvent } from '../source.ts';
import type { SpoolRecord } from '../spool/record.ts';
import { fitted } from './fitted.ts';
import { recentIds } from './recent-ids.ts';

export interface PipelineOptions {
  /** Takes the secrets out, gives the id and the names. */
  finish(raw: RawEvent): Event;
  /** Where finished events go. */
  append(record: SpoolRecord): void;
  /** Ids of events that were taken by an earlier run. */
  readonly known: readonly string[];
  onError(error: Error, event: RawEvent): void;
}

/** From a source to the spool: finished, once, of bounded size. Never throws. */
export function pipeline({ finish, append, known, onError }: PipelineOptions): Emit {
  const seen = recentIds(known);
  return (raw) => {
    try {
      const event = finish(raw);
      if (seen(event.id)) return;
      append({
        id: event.id,
        json: fitted(event),
        atMs: event.at === null ? Date.now() : Date.parse(event.at),
        lost: 0,
      });
    } catch (error) {
      onError(error as Error, raw);
    }
  };
}
