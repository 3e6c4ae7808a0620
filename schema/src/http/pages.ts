import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Confidence } from '../confidence.ts';
import { Instant } from '../time.ts';
import { Labels, SourceStatus } from '../wire/heartbeat.ts';
import { Death } from './answer.ts';
import { Expected } from './expected.ts';
import { HostState } from './host-state.ts';

/** One page of a list, newest first; `next` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const DeathRow = Death.extend({
  cause: Cause,
  confidence: Confidence,
  summary: z.string(),
  incidentId: z.string().nullable(),
  /** Somebody announced it. */
  expected: Expected.optional(),
});
export type DeathRow = z.infer<typeof DeathRow>;

export const HostRow = z.object({
  host: z.string(),
  bootId: z.string().nullable(),
  kernel: z.string().nullable(),
  os: z.string().nullable(),
  agent: z.string().nullable(),
  lastSeenAt: Instant.nullable(),
  silent: z.boolean(),
  /** As its agent is configured. */
  labels: Labels.optional(),
  sources: z.array(SourceStatus),
  state: HostState.optional(),
  /** Its wall clock against the hub's: positive when it is ahead; null when it was never measured. */
  clock: z
    .object({
      offsetMs: z.number(),
      /** How far that may be wrong. */
      errorMs: z.number().nonnegative(),
      measuredAt: Instant,
    })
    .nullable()
    .optional(),
});
export type HostRow = z.infer<typeof HostRow>;

export const DeathPage = pageOf(DeathRow);
export type DeathPage = z.infer<typeof DeathPage>;
export const HostPage = pageOf(HostRow);
export type HostPage = z.infer<typeof HostPage>;
