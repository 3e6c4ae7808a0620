import { z } from 'zod';
import { Instant } from '../time.ts';
import { pageOf } from './pages.ts';

/** An event as the agent sent it, with its host, and the facts of its kind beside these fields. */
export const EventItem = z.looseObject({
  id: z.string(),
  host: z.string(),
  bootId: z.string(),
  kind: z.string(),
  source: z.string(),
  /** The event's own time, or when it was received where it has none. */
  at: Instant,
  receivedAt: Instant,
});
export type EventItem = z.infer<typeof EventItem>;

export const EventPage = pageOf(EventItem);
export type EventPage = z.infer<typeof EventPage>;
