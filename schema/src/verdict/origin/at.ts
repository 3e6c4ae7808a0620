import type { Event, EventOf } from '../../event/event.ts';
import type { Origin } from '../../http/answer.ts';
import type { Process } from '../../process.ts';
import { lineage, type Reference, startedAt } from './ancestor.ts';
import { isAtDaemon, scheduler } from './daemons.ts';
import type { Found } from './found.ts';

/** atd wakes up for a job, and for one whose time has passed as soon as it can. */
const lateMs = 90_000;
const earlyMs = 2_000;

/** A process below atd: which job it was, where the spool of this host had only one that fits. */
export function atOrigin(
  process: Process,
  evidence: readonly Event[],
  reference: Reference,
): Found<Extract<Origin, { type: 'at' }>> | null {
  const above = lineage(process);
  const daemon = scheduler(above, isAtDaemon);
  if (daemon < 0) return null;
  const run = above[daemon - 1];
  const user = process.auditUser ?? run?.user ?? process.user ?? null;
  const at = (run && startedAt(run, reference)) ?? reference.at;
  const jobs = at === null ? [] : dueJobs(evidence, user, Date.parse(at));
  const job = jobs.length === 1 ? (jobs[0] ?? null) : null;
  return {
    origin: {
      type: 'at',
      file: job?.file ?? null,
      command: job?.command ?? null,
      user: job?.user ?? user,
    },
    cites: job ? [job] : [],
  };
}

/** Of this user, and due when the process began; each job once, however often it was told. */
function dueJobs(
  evidence: readonly Event[],
  user: string | null,
  runMs: number,
): EventOf<'cron-job'>[] {
  const due = new Map<string, EventOf<'cron-job'>>();
  for (const job of evidence) {
    if (job.kind !== 'cron-job' || job.removed) continue;
    const dueMs = Date.parse(/^at (\S+)$/.exec(job.schedule)?.[1] ?? '');
    if (Number.isNaN(dueMs) || (user !== null && job.user !== null && job.user !== user)) continue;
    if (runMs < dueMs - earlyMs || runMs > dueMs + lateMs) continue;
    due.set(job.file, job);
  }
  return [...due.values()];
}
