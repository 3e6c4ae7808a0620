import type { RawEvent } from '../source.ts';

/** Fills in what follows from what an event says: names of users, units and containers. */
export function identifier(): (event: RawEvent) => RawEvent {
  return (event) => event;
}
