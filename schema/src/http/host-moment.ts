import { z } from 'zod';
import { Instant } from '../time.ts';
import { SourceStatus } from '../wire/heartbeat.ts';
import { CronRun } from './cron-runs.ts';
import { Session } from './logins.ts';
import { TimelineItem } from './timeline.ts';

/** A process that is recorded to have begun before that time and to have been there after it. */
export const RunningProcess = z.object({
  pid: z.number().int(),
  comm: z.string(),
  cmdline: z.array(z.string()),
  user: z.string().nullable(),
  startedAt: Instant,
  /** It died then, or it is the actor of a death at that time and ran on. */
  seenAt: Instant,
  how: z.enum(['died-later', 'acted-later']),
  /** Of its own death, or of that of which it is the actor. */
  deathId: z.string(),
});
export type RunningProcess = z.infer<typeof RunningProcess>;

/** `running`: null where the end of the run is not known. */
export const CronRunThen = z.object({ ...CronRun.shape, running: z.boolean().nullable() });

/** `GET /v1/hosts/{host}/at?time=`: what is known of a host at a time; what is not told may have run all the same. */
export const HostMoment = z.object({
  host: z.string(),
  time: Instant,
  /** An agent is known to have watched then; `sources` are what it could see through. */
  watched: z.boolean(),
  sources: z.array(SourceStatus),
  /** What may be missing, in words. */
  gaps: z.array(z.string()),
  /** Sessions that were open, as far as the records tell. */
  loggedIn: z.array(Session),
  /** Runs of cron that had begun in the five minutes before, or that were going on. */
  cronRuns: z.array(CronRunThen),
  /** Those that died soonest after first; processes of which nothing is recorded are not among them. */
  processes: z.array(RunningProcess),
  /** The timeline from five minutes before to one after, in order of time. */
  around: z.array(TimelineItem),
  /** Lists that hold the nearest alone, for there are more. */
  cut: z.array(z.enum(['loggedIn', 'cronRuns', 'processes', 'around'])),
});
export type HostMoment = z.infer<typeof HostMoment>;
