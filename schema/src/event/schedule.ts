import { z } from 'zod';
import { Process } from '../process.ts';
import { Instant } from '../time.ts';
import { eventBase } from './base.ts';

/** A line of a crontab that runs a command; `at` is since when it stands there, where that is known. */
export const CronJobEvent = z.object({
  kind: z.literal('cron-job'),
  ...eventBase,
  file: z.string(),
  line: z.number().int().positive(),
  user: z.string().nullable(),
  /** As written: `0 3 * * *`, `@hourly`; for anacron its period. */
  schedule: z.string(),
  command: z.string(),
  /** Null for @reboot, and where the schedule can never match. */
  nextRun: Instant.nullable(),
  timeZone: z.string().nullish(),
  /** Text given to the command's standard input (after the first unescaped `%`). */
  stdin: z.string().nullish(),
  /** anacron: job identifier and delay in minutes. */
  job: z.string().nullish(),
  delayMinutes: z.number().int().nullish(),
  /** The line is gone: `at` is since when. */
  removed: z.boolean().nullish(),
  /** The agent saw it come (or go) at this time; absent where it stood there before. */
  changedAt: Instant.optional(),
  /** The crontab(1) or editor that did it, where one alone may have. */
  changedBy: Process.optional(),
});
export type CronJobEvent = z.infer<typeof CronJobEvent>;

/** The log says that cron ran a command. */
export const CronRunEvent = z.object({
  kind: z.literal('cron-run'),
  ...eventBase,
  user: z.string().nullable(),
  pid: z.number().int().nullish(),
  command: z.string(),
});
export type CronRunEvent = z.infer<typeof CronRunEvent>;

/** A crontab was changed: by crontab(1), or cron found its file changed. */
export const CronChangeEvent = z.object({
  kind: z.literal('cron-change'),
  ...eventBase,
  /** Who ran crontab(1); null where nobody knows. */
  user: z.string().nullable(),
  /** Whose crontab it is; null for one of the system. */
  owner: z.string().nullable(),
  /** replace, delete, edit, begin-edit, end-edit, reload. */
  action: z.string(),
  file: z.string().nullish(),
  pid: z.number().int().nullish(),
});
export type CronChangeEvent = z.infer<typeof CronChangeEvent>;
