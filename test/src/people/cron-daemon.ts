import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's cron, which sees one crontab alone; the agent sees it in /etc/cron.d as on any host. */
export interface CronDaemon {
  /** /etc/cron.d/NAME */
  path: string;
  /** Writes the crontab, for cron and for the host. */
  write(text: string): void;
  /** Gives cron the crontab of a user as it lies in the spool of the host. */
  take(user: string): void;
  /** Stops cron and removes what it had. */
  stop(): Promise<void>;
}

/** The mounts of this namespace are cron's own: its /etc/cron.d, spool and pid file. */
const script = `
set -e
mount --bind "$1/cron.d" /etc/cron.d
mount --bind "$1/empty" /etc/crontab
mount -t tmpfs tmpfs /var/spool/cron
mkdir -m 1730 /var/spool/cron/crontabs
mount -t tmpfs tmpfs /run
exec /usr/sbin/cron -f
`;

/** `environment`: on top of ours. */
export function cronDaemon(name: string, environment: Record<string, string> = {}): CronDaemon {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-cron-'));
  mkdirSync(join(folder, 'cron.d'));
  writeFileSync(join(folder, 'empty'), '');
  const path = join('/etc/cron.d', name);
  const child: ChildProcess = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', folder], {
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    path,
    write(text) {
      writeFileSync(path, text);
      writeFileSync(join(folder, 'cron.d', name), text);
    },
    take(user) {
      const file = join('/var/spool/cron/crontabs', user);
      execFileSync('cp', ['--preserve=all', file, `/proc/${child.pid}/root${file}`]);
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(path, { force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
