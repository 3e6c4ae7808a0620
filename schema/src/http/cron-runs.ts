import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Instant } from '../time.ts';
import { pageOf } from './pages.ts';

/** How a run ended, where the record of its end is known: the death of the process that cron started. */
export const CronRunEnd = z.object({
  deathId: z.string(),
  at: Instant,
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  cause: Cause,
  summary: z.string(),
});

/** Cron ran a command, as the log of its host says. */
export const CronRun = z.object({
  eventId: z.string(),
  host: z.string(),
  at: Instant,
  user: z.string().nullable(),
  command: z.string(),
  pid: z.number().int().nullable(),
  /** The one line of a crontab of this host that has the command and the user; null where none or several have. */
  job: z.object({ file: z.string(), line: z.number().int(), schedule: z.string() }).nullable(),
  /** Null where it is not known: short runs that end well are only counted. */
  end: CronRunEnd.nullable(),
});
export type CronRun = z.infer<typeof CronRun>;

/** Newest first. A page may have fewer than asked for, or none, and still a `next`. */
export const CronRunPage = pageOf(CronRun);
export type CronRunPage = z.infer<typeof CronRunPage>;
