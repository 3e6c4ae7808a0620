import type { CronJobEvent } from '@coroner/schema/event/schedule';

/** A line of a crontab, before it is known since when it stands there. */
export type Job = Pick<
  CronJobEvent,
  'file' | 'line' | 'user' | 'schedule' | 'command' | 'stdin' | 'timeZone' | 'job' | 'delayMinutes'
>;
