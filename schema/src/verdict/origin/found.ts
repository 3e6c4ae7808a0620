import type { Event } from '../../event/event.ts';
import type { Origin } from '../../http/answer.ts';

/** An origin, and the events that tell of it. */
export interface Found<Kind extends Origin = Origin> {
  readonly origin: Kind;
  readonly cites: readonly Event[];
}
