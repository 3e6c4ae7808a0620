import type { Event, EventOf } from '../../event/event.ts';
import type { Origin } from '../../http/answer.ts';
import type { Process } from '../../process.ts';
import { isNamed, lineage } from './ancestor.ts';

const cronDaemons: ReadonlySet<string> = new Set(['cron', 'crond', 'CRON', 'fcron', 'anacron']);

/** A process below a cron daemon: which line it was, where a crontab of this host has its command. */
export function cronOrigin(process: Process, evidence: readonly Event[]): Origin | null {
  const above = lineage(process);
  const daemon = above.findIndex((ancestor) => isNamed(ancestor, cronDaemons));
  if (daemon < 0) return null;
  const command = shellCommand(above[daemon - 1]?.cmdline);
  const job = command === null ? null : onlyJob(evidence, command);
  return {
    type: 'cron',
    file: job?.file ?? null,
    line: job?.line ?? null,
    schedule: job?.schedule ?? null,
    command: job?.command ?? command,
    user: job?.user ?? process.user ?? null,
    nextRun: job?.nextRun ?? null,
  };
}

/** cron runs `/bin/sh -c COMMAND`. */
function shellCommand(cmdline: readonly string[] | null | undefined): string | null {
  return cmdline?.[1] === '-c' ? (cmdline[2] ?? null) : null;
}

/** The line with that command; null when two different lines have it, for then it is not known which ran. */
function onlyJob(evidence: readonly Event[], command: string): EventOf<'cron-job'> | null {
  const jobs = evidence.filter(
    (event): event is EventOf<'cron-job'> =>
      event.kind === 'cron-job' && event.command.trim() === command.trim(),
  );
  const lines = new Set(jobs.map((job) => `${job.file}:${job.line}`));
  return lines.size === 1 ? (jobs.at(-1) ?? null) : null;
}
