import type { Event, EventOf } from '../../event/event.ts';
import { isDue } from '../../schedule/is-due.ts';
import { commandWords } from './command-words.ts';

type Job = EventOf<'cron-job'>;

/** What cron ran, as far as it is known. */
export interface CronRun {
  /** The text that it gave to the shell; null when the shell became its last command. */
  readonly command: string | null;
  /** Of the process that cron started. */
  readonly argv: readonly string[];
  readonly user: string | null;
  /** When it was started, ISO. */
  readonly at: string | null;
  readonly bootUs: number | null;
}

/** cron looks for changes once a minute, so for a while it may still run a line that is gone. */
const removalLagMs = 90_000;

/**
 * The line that stood in a crontab when the job began and has its command. Of several with the same
 * command the one that is the user's, then the one that was due; null when that does not decide.
 */
export function onlyJob(evidence: readonly Event[], run: CronRun): Job | null {
  let candidates = standing(evidence, run).filter((job) => hasCommand(job, run));
  const narrow = (keep: (job: Job) => boolean): void => {
    const kept = candidates.filter(keep);
    if (candidates.length > 1 && kept.length > 0) candidates = kept;
  };
  narrow(({ user }) => user === run.user);
  narrow((job) => wasDue(job, run.at));
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

/** The lines as they were at that moment: the newest record of each that is not later. */
function standing(evidence: readonly Event[], run: CronRun): Job[] {
  const newest = new Map<string, Job>();
  for (const job of evidence) {
    if (job.kind !== 'cron-job') continue;
    if (agoMs(job, run) < (job.removed ? removalLagMs : 0)) continue;
    const line = JSON.stringify([job.file, job.line, job.user, job.schedule, job.command]);
    const known = newest.get(line);
    if (!known || agoMs(known, run) >= agoMs(job, run)) newest.set(line, job);
  }
  return [...newest.values()].filter(({ removed }) => !removed);
}

const usPerMs = 1000;

/** From the record to the start of the run: by the time since boot where both know it, for clocks are set. */
function agoMs(job: Job, run: CronRun): number {
  if (typeof job.bootUs === 'number' && run.bootUs !== null)
    return (run.bootUs - job.bootUs) / usPerMs;
  if (job.at === null || run.at === null) return Number.POSITIVE_INFINITY;
  return Date.parse(run.at) - Date.parse(job.at);
}

function hasCommand(job: Job, { command, argv }: CronRun): boolean {
  if (command !== null) return sameText(job.command, command);
  if (argv.length === 0) return false;
  const words = commandWords(job.command);
  return (
    words.length >= argv.length &&
    argv.every((word, index) => word === words.at(index - argv.length))
  );
}

const shortestCut = 256;

/** The argv of a process may be cut; what is left of a long command identifies it well enough. */
function sameText(written: string, seen: string): boolean {
  if (written.trim() === seen.trim()) return true;
  const start = seen.replace(/…$/, '');
  return start.length >= shortestCut && written.startsWith(start);
}

function wasDue({ schedule, timeZone }: Job, at: string | null): boolean {
  return at !== null && isDue(schedule, timeZone ?? 'UTC', new Date(at)) === true;
}
