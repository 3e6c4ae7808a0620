import { z } from 'zod';
import { Instant } from '../time.ts';
import { CronJob } from './cron-jobs.ts';
import { pageOf } from './pages.ts';

/** A run that is due: of a line of a crontab, a job of at, or a timer whose calendar is understood. */
export const CronNextRun = z.object({
  at: Instant,
  ...CronJob.omit({ nextRun: true }).shape,
  /** No agent of its host is heard: whether the line still stands there, and runs, is not known. */
  hostSilent: z.boolean(),
});
export type CronNextRun = z.infer<typeof CronNextRun>;

/** In order of time, then by host, file and line; a line stands there as often as it runs. A page may have fewer than asked for, and still a `next`. */
export const CronNextPage = pageOf(CronNextRun);
export type CronNextPage = z.infer<typeof CronNextPage>;
