import { z } from 'zod';
import { Instant } from '../time.ts';
import { pageOf } from './pages.ts';

/** What a line has ended: up to 100 deaths, and the newest of them. */
export const CronToll = z.object({
  deaths: z.number().int().positive(),
  lastAt: Instant,
  lastDeathId: z.string(),
  lastComm: z.string(),
});
export type CronToll = z.infer<typeof CronToll>;

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
  /** Its next run may end what it ended before. */
  killed: CronToll.optional(),
});
export type CronJob = z.infer<typeof CronJob>;

/** By host, file and line. */
export const CronJobPage = pageOf(CronJob);
export type CronJobPage = z.infer<typeof CronJobPage>;
