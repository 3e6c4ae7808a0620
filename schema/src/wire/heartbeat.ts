import { z } from 'zod';
import { BootMicros, Instant } from '../time.ts';

/** What an agent can see through one source. */
export const SourceStatus = z.object({
  source: z.string(),
  state: z.enum(['available', 'degraded', 'missing', 'off']),
  why: z.string(),
  enable: z.string().nullish(),
  /** How much is read of what is read once, the past; absent when that is all. */
  percent: z.number().min(0).max(100).nullish(),
});
export type SourceStatus = z.infer<typeof SourceStatus>;

const mostLabels = 32;

/** What somebody says of a host, such as its role: names and values. */
export const Labels = z
  .record(z.string().regex(/^[\w./-]{1,63}$/), z.string().min(1).max(255))
  .refine((labels) => Object.keys(labels).length <= mostLabels, `at most ${mostLabels} labels`);
export type Labels = z.infer<typeof Labels>;

/** One message on `coroner.heartbeat.<host>`, every 15 s: the host is up, and this is what is watched there. */
export const Heartbeat = z.object({
  v: z.literal(1),
  host: z.string().min(1).max(253),
  bootId: z.string(),
  agent: z.string(),
  agentPid: z.number().int(),
  sentAt: Instant,
  uptimeUs: BootMicros,
  kernel: z.string(),
  os: z.string(),
  sources: z.array(SourceStatus),
  /** Events that wait in the spool. */
  spooled: z.number().int().nonnegative(),
  /** Addresses by which other hosts may know this one: no loopback, link-local or bridge of containers. */
  addresses: z.array(z.string().max(45)).max(64).optional(),
  labels: Labels.optional(),
});
export type Heartbeat = z.infer<typeof Heartbeat>;
