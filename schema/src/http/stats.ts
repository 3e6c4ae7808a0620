import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Instant } from '../time.ts';

/** Widths of a time bucket, in seconds. */
export const bucketSeconds = {
  minute: 60,
  '5-minutes': 300,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
} as const;
export type Bucket = keyof typeof bucketSeconds;
export const Bucket = z.enum(Object.keys(bucketSeconds) as [Bucket, ...Bucket[]]);

const Count = z.number().int().nonnegative();
const Ranked = z.array(z.object({ name: z.string(), count: Count }));

/** Deaths counted over a span of time; the lists have the most frequent first. */
export const Stats = z.object({
  since: Instant,
  until: Instant,
  bucket: Bucket,
  total: Count,
  /** Causes with their counts, all of them. */
  causes: z.array(z.object({ cause: Cause, count: Count })),
  /** Names of victims. */
  victims: Ranked,
  hosts: Ranked,
  /** Users who did it; deaths that nobody did are not among them. */
  users: Ranked,
  /** Every bucket of the span, oldest first; `at` is where it begins. */
  buckets: z.array(z.object({ at: Instant, count: Count, causes: z.partialRecord(Cause, Count) })),
});
export type Stats = z.infer<typeof Stats>;
