import { z } from 'zod';
import { Instant } from '../time.ts';
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

/** Facts that are counted in the kernel, not shipped one by one; counts since the last of its kind. */
export const CountsEvent = z.object({
  kind: z.literal('counts'),
  ...eventBase,
  since: Instant,
  /** Ends of processes that policy did not ship. */
  exits: z.number().int().nonnegative(),
  /** Signals that were ignored by their target or could not be queued. */
  nearMisses: z.number().int().nonnegative(),
  /** Equal signals folded into an earlier record. */
  foldedSignals: z.number().int().nonnegative(),
});
