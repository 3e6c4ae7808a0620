import { z } from 'zod';
import { Instant } from '../time.ts';
import { pageOf } from './pages.ts';

/** A line of a crontab as it was last read. */
export const CronJob = z.object({
  eventId: z.string(),
  host: z.string(),
  file: z.string(),
  line: z.number().int(),
  user: z.string().nullable(),
  schedule: z.string(),
  command: z.string(),
  /** Zone that the schedule is read in; UTC where the host's is not known. */
  timeZone: z.string(),
  timeZoneKnown: z.boolean(),
  /** The first run after now; null for @reboot, anacron, and a schedule that never matches. */
  nextRun: Instant.nullable(),
  /** When the line was read. */
  readAt: Instant,
});
export type CronJob = z.infer<typeof CronJob>;

/** By host, file and line. */
export const CronJobPage = pageOf(CronJob);
export type CronJobPage = z.infer<typeof CronJobPage>;
