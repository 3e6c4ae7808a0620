import { z } from 'zod';
import { Instant } from '../time.ts';

/** Somebody tried to signal the process, and nothing came of it. Never a cause, never an accusation. */
export const NearMissOfDeath = z.object({
  eventId: z.string(),
  /** To the second where the kernel only counted it. */
  at: Instant.nullable(),
  signal: z.string(),
  count: z.number().int().positive(),
  /** `failed` with an errno: the system call was refused, or found nothing. */
  why: z.enum(['ignored', 'not-queued', 'failed']),
  /** `EPERM`; null unless it failed. */
  error: z.string().nullable(),
  by: z.object({
    pid: z.number().int(),
    comm: z.string(),
    cmdline: z.array(z.string()),
    uid: z.number().int().nullable(),
    user: z.string().nullable(),
  }),
  /** One line that says all of it. */
  text: z.string(),
});
export type NearMissOfDeath = z.infer<typeof NearMissOfDeath>;
