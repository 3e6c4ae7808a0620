import { readFileSync, statSync } from 'node:fs';
import { jobsOfLines } from '../../formats/crontab/job-lines.ts';
import { atJob } from './at-job.ts';
import type { Job } from './job.ts';
import { partJobs } from './parts.ts';
import type { Place } from './places.ts';
import { timerJobs } from './timers.ts';

/** What a crontab says since `changedAt`. */
export interface Table {
  readonly version: string;
  /** ISO; of the change of the inode, which unlike the modification time cannot be set back. */
  readonly changedAt: string;
  readonly jobs: readonly Job[];
}

/** cron itself refuses larger tables. */
const largestBytes = 4 * 1024 * 1024;

/** Changes whenever the file does; null when there is no such file. */
export function versionOf(path: string): { version: string; changedAt: string } | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > largestBytes) return null;
  const { ino, size, ctimeMs } = stat;
  return { version: `${ino} ${size} ${ctimeMs}`, changedAt: new Date(ctimeMs).toISOString() };
}

export interface Surroundings {
  readonly root: string;
  readonly hostTimeZone: string;
  /** The lines that are known by now: some run a folder of scripts. */
  readonly lines: readonly Job[];
}

/** Reads what runs jobs; null when it is not there, throws when it cannot be read. */
export async function readTable(place: Place, around: Surroundings): Promise<Table | null> {
  const version = versionOf(place.path);
  return version && { ...version, jobs: await jobsOf(place, around) };
}

async function jobsOf(
  place: Place,
  { root, hostTimeZone, lines: known }: Surroundings,
): Promise<Job[]> {
  if (place.form === 'at') return atJob(place.path);
  if (place.form === 'timer') return timerJobs(place.path, root, hostTimeZone);
  if (place.form === 'part') return partJobs(place.path, root, known);
  const jobs: Job[] = [];
  for await (const event of jobsOfLines(lines(readFileSync(place.path, 'utf8')), {
    file: place.path,
    form: place.form,
    timeZone: hostTimeZone,
    // Null, since whoever shows a job knows the present time, and a schedule library costs 18 MB here.
    nextRun: () => null,
    // cron refuses such a line as well, and tells so in its own log.
    warn: () => undefined,
  })) {
    if (event.kind !== 'cron-job') continue;
    const { file, line, user, schedule, command, stdin, job, delayMinutes } = event;
    const timeZone = event.timeZone ?? hostTimeZone;
    jobs.push({ file, line, user, schedule, command, stdin, timeZone, job, delayMinutes });
  }
  return jobs;
}

async function* lines(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}
