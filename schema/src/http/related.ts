import { z } from 'zod';
import { Instant } from '../time.ts';

/** What may have led to a death; circumstances alone, so never more than possible. */
export const ChainLink = z.object({
  /**
   * `parent`: a process above it ended; `child`: a process that it had started ended, and it exits with
   * the status of that; `pipeline`: another of its pipeline ended; `same-unit`: another process of its
   * unit ended; `service`: another service died; `memory`: another took the memory.
   */
  relation: z.enum(['parent', 'child', 'pipeline', 'same-unit', 'service', 'memory']),
  confidence: z.literal('possible'),
  text: z.string(),
  /** The events that tell of it: deaths, a memory report. */
  eventIds: z.array(z.string()).min(1),
});
export type ChainLink = z.infer<typeof ChainLink>;

/** The same program dying alike again and again on one host. */
export const Loop = z.object({
  /** Of this death: the 17th time. */
  count: z.number().int().positive(),
  since: Instant,
  /** Median time between two of them. */
  everyMs: z.number().nonnegative(),
});
export type Loop = z.infer<typeof Loop>;

/** The next run of the cron line that did it, on each host that has the same line. */
export const NextRun = z.object({
  host: z.string(),
  file: z.string(),
  line: z.number().int(),
  at: Instant,
});
export type NextRun = z.infer<typeof NextRun>;

/** A schedule that such deaths keep to, though no job is known. */
export const Rhythm = z.object({
  /** Five fields of crontab(5). */
  schedule: z.string(),
  timeZone: z.string(),
  /** Deaths that keep to it, without one that is missing. */
  occurrences: z.number().int().positive(),
  /** Each came at most so long after the schedule's time. */
  toleranceMs: z.number().int().positive(),
  next: Instant.nullable(),
  confidence: z.literal('possible'),
});
export type Rhythm = z.infer<typeof Rhythm>;
