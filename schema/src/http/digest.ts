import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Instant } from '../time.ts';
import { IncidentRow } from './incidents.ts';

const Count = z.number().int().nonnegative();
/** `before`: in the period of the same length before. */
const Compared = { count: Count, before: Count };
const Named = z.object({ name: z.string(), ...Compared });

/** `GET /v1/digest?from=&to=`: a period against the one before it; the lists have the most first. */
export const Digest = z.object({
  from: Instant,
  to: Instant,
  /** Without processes that ended well. */
  deaths: z.object(Compared),
  /** Incidents that began. */
  incidents: z.object(Compared),
  causes: z.array(z.object({ cause: Cause, ...Compared })),
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
