import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Confidence } from '../confidence.ts';
import { Instant } from '../time.ts';
import { pageOf } from './pages.ts';

/** One thing that happened on a host. `id` is an event's; a death's is also `GET /v1/deaths/{id}`. */
export const TimelineItem = z.object({
  id: z.string(),
  host: z.string(),
  /** By the host's clock. */
  at: Instant,
  /** By the hub's clock, where the host's is wrong; in the timelines of incidents. */
  happenedAt: Instant.optional(),
  kind: z.string(),
  source: z.string(),
  /** One line; of a death its verdict's sentence. */
  text: z.string(),
  pid: z.number().int().nullable(),
  comm: z.string().nullable(),
  user: z.string().nullable(),
  /** Null for everything but a death. */
  verdict: z
    .object({ cause: Cause, confidence: Confidence, incidentId: z.string().nullable() })
    .nullable(),
});
export type TimelineItem = z.infer<typeof TimelineItem>;

/** Oldest first, or newest first with `order=desc`. */
export const TimelinePage = pageOf(TimelineItem);
export type TimelinePage = z.infer<typeof TimelinePage>;
