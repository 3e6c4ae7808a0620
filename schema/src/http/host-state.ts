import { z } from 'zod';
import { Instant } from '../time.ts';

/** Whether a host is there, and what says why not. A crash is told by the next boot, never by silence. */
export const HostState = z.object({
  state: z.enum(['up', 'shut-down', 'agent-stopped', 'silent', 'never-heard']),
  since: Instant.nullable(),
  /** One sentence. */
  text: z.string(),
  /** Ids of the events that say so. */
  evidence: z.array(z.string()),
  lastBoot: z
    .object({ at: Instant, how: z.enum(['rebooted', 'crashed', 'not-known']), text: z.string() })
    .optional(),
  /** The last time without heartbeats that is over. */
  lastSilence: z
    .object({
      since: Instant,
      until: Instant,
      /** not-reached: the same agent ran on, and could not reach the server. */
      why: z.enum(['rebooted', 'agent-restarted', 'not-reached']),
      text: z.string(),
    })
    .optional(),
});
export type HostState = z.infer<typeof HostState>;
