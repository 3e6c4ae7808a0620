import { z } from 'zod';
import { BootMicros, Instant } from '../time.ts';
import { eventBase } from './base.ts';

/** Evidence that is missing: what was lost, from when to when, how much. "Did not happen" needs its absence. */
export const GapEvent = z.object({
  kind: z.literal('gap'),
  ...eventBase,
  /** The source that has the gap. */
  of: z.string(),
  since: Instant.nullable(),
  until: Instant.nullable(),
  /** Records lost; null when it cannot be counted. */
  lost: z.number().int().nonnegative().nullable(),
  reason: z.string(),
});
export type GapEvent = z.infer<typeof GapEvent>;

/** An evidence source of this host became available, degraded or missing. */
export const SourceStateEvent = z.object({
  kind: z.literal('source-state'),
  ...eventBase,
  of: z.string(),
  state: z.enum(['available', 'degraded', 'missing', 'off']),
  why: z.string(),
  /** What to do to have it. */
  enable: z.string().nullish(),
});
export type SourceStateEvent = z.infer<typeof SourceStateEvent>;

/** Signals of one sender to one target that came to nothing. */
export const NearMiss = z.object({
  signal: z.string(),
  /** Null where the kernel does not name it. */
  sender: z
    .object({
      pid: z.number().int(),
      comm: z.string(),
      uid: z.number().int(),
      startUs: BootMicros.optional(),
      /** Redacted argv; null when it was not kept. */
      cmdline: z.array(z.string()).nullish(),
    })
    .nullable(),
  target: z.object({
    pid: z.number().int(),
    comm: z.string(),
    startUs: BootMicros.optional(),
  }),
  count: z.number().int().positive(),
  /** When the last of them had come, to the second. */
  lastAt: Instant.optional(),
  /**
   * Ignored by the target (or it was dead already); its queue of real-time signals was full; the
   * kernel refused it (EPERM); or it was signal 0, which only asks.
   */
  why: z.enum(['ignored', 'not-queued', 'refused', 'asked']),
});
export type NearMiss = z.infer<typeof NearMiss>;

/** Facts that are counted in the kernel, not shipped one by one; counts since the last of its kind. */
export const CountsEvent = z.object({
  kind: z.literal('counts'),
  ...eventBase,
  since: Instant,
  /** Ends of processes that policy did not ship. */
  exits: z.number().int().nonnegative(),
  /** Signals that came to nothing, refused ones among them. */
  nearMisses: z.number().int().nonnegative(),
  /** The most frequent of them, most first. */
  nearMissesBy: z.array(NearMiss).max(50).optional(),
  /** Equal signals folded into an earlier record. */
  foldedSignals: z.number().int().nonnegative(),
});
