import type { Event, EventOf } from '../../event/event.ts';
import type { Origin } from '../../http/answer.ts';
import type { Ancestor, Process } from '../../process.ts';
import { typed } from '../words/command.ts';
import { lineage, startedAt } from './ancestor.ts';
import { onlyJob } from './cron-job.ts';
import { isCronDaemon, scheduler } from './daemons.ts';
import type { Found } from './found.ts';

/** A process below a cron daemon: which line it was, where a crontab of this host has its command. */
export function cronOrigin(
  process: Process,
  evidence: readonly Event[],
  reference: { at: string | null; bootUs?: number | null | undefined },
): Found<Extract<Origin, { type: 'cron' }>> | null {
  const above = lineage(process);
  const daemon = scheduler(above, isCronDaemon);
  if (daemon < 0) return null;
  const run = above[daemon - 1] ?? null;
  const runAt = run && startedAt(run, reference);
  const logged = run && loggedRun(run, runAt, evidence);
  const command = logged?.command ?? shellCommand(run?.cmdline);
  const job = onlyJob(evidence, {
    command,
    argv: run?.cmdline ?? [],
    user: logged?.user ?? process.auditUser ?? process.user ?? null,
    at: runAt ?? reference.at,
    bootUs: run?.startUs ?? reference.bootUs ?? null,
  });
  return {
    origin: {
      type: 'cron',
      file: job?.file ?? null,
      line: job?.line ?? null,
      schedule: job?.schedule ?? null,
      command: job?.command ?? command ?? run?.cmdline?.join(' ') ?? null,
      user: job?.user ?? process.user ?? null,
      nextRun: job?.nextRun ?? null,
      timeZone: job?.timeZone ?? null,
      ...(job ? changeOf(job) : {}),
    },
    cites: [job, logged].filter((event) => event !== null),
  };
}

/** Who logged in counts, whatever sudo did since. */
function changeOf({ changedAt, changedBy: by }: EventOf<'cron-job'>) {
  if (!changedAt) return {};
  if (!by) return { changedAt };
  const user = by.auditUser ?? by.user ?? null;
  const command = by.cmdline && by.cmdline.length > 0 ? typed(by.cmdline) : by.comm;
  const { pid, remote = null, tty = null } = by;
  return { changedAt, changedBy: { user, command, pid, from: remote, tty } };
}

/** cron runs `/bin/sh -c COMMAND`, and the shell may become its last command. */
function shellCommand(cmdline: readonly string[] | null | undefined): string | null {
  return cmdline?.[1] === '-c' ? (cmdline[2] ?? null) : null;
}

const toleranceMs = 10_000;

/** `CRON[7696]: (root) CMD (…)`: the pid is that of the process which becomes the command. */
function loggedRun(
  { pid }: Ancestor,
  runAt: string | null,
  evidence: readonly Event[],
): EventOf<'cron-run'> | null {
  if (runAt === null) return null;
  const run = evidence.find(
    (event): event is EventOf<'cron-run'> =>
      event.kind === 'cron-run' &&
      event.pid === pid &&
      event.at !== null &&
      Math.abs(Date.parse(event.at) - Date.parse(runAt)) <= toleranceMs,
  );
  return run ?? null;
}
