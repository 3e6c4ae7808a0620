import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Instant } from '../time.ts';
import { ComparedState, WatchedTime } from './compare.ts';
import { IncidentRow } from './incidents.ts';

const Count = z.number().int().nonnegative();
/** `before`: in the period of the same length before. */
const Compared = { count: Count, before: Count };
/** What became of it, as far as hosts were watched: as in `GET /v1/compare`. */
const Judged = { ...Compared, state: ComparedState.optional() };
const Named = z.object({ name: z.string(), ...Judged });

/** `GET /v1/digest?from=&to=`: a period against the one before it; the lists have the most first. */
export const Digest = z.object({
  from: Instant,
  to: Instant,
  /** How much of the period and of the one before it was watched. */
  watched: z.object({ now: WatchedTime, before: WatchedTime }).optional(),
  /** Without processes that ended well. */
  deaths: z.object(Judged),
  /** Incidents that began. */
  incidents: z.object(Compared),
  causes: z.array(z.object({ cause: Cause, ...Judged })),
  /** Names of victims. */
  victims: z.array(Named),
  hosts: z.array(Named),
  /** Users who did it. */
  users: z.array(Named),
  /** What is open now, or acknowledged, newest first; the first ten of `count`. */
  open: z.object({
    /** At most 1000 of them are counted. */
    count: Count,
    items: z.array(IncidentRow),
  }),
});
export type Digest = z.infer<typeof Digest>;
