import type { Process } from '@coroner/schema/process';
import type { RecordedHost } from './host.ts';
import { lineageOf } from './people.ts';

export interface CronLine {
  file: string;
  line: number;
  schedule: string;
  user: string;
  command: string;
  timeZone: string;
}

/** A line of a crontab; the agent tells of it when it starts, long before. */
export function cronLine(host: RecordedHost, job: CronLine): void {
  host.tells('cron-job', 'crontab', -20 * 86_400_000, { ...job, nextRun: null }, -1_000);
}

/** cron runs the line: the shell that it starts. */
export function cronRun(host: RecordedHost, { command, user }: CronLine, ms: number): Process {
  const cron = host.process({ comm: 'cron', unit: 'cron.service' }, [{ pid: 1, comm: 'systemd' }]);
  const child = host.process({ comm: 'cron', startMs: ms, user }, lineageOf(cron));
  const shell = host.process(
    { comm: 'sh', startMs: ms + 5, user, cmdline: ['/bin/sh', '-c', command] },
    lineageOf(child),
  );
  host.tells('cron-run', 'journal', ms + 2, { user, pid: shell.pid, command });
  return shell;
}
