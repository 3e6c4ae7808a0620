import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../stack/until.ts';

const spool = '/var/spool/cron/atjobs';

/** Debian's atd with the spool of this host, and a /run of its own. */
export interface AtDaemon {
  /** Puts a job there, to be run at once. */
  submit(job: string): void;
  /** Stops it and removes the jobs that it left. */
  stop(): Promise<void>;
}

export async function atDaemon(): Promise<AtDaemon> {
  const before = new Set(readdirSync(spool));
  const script = 'mount -t tmpfs tmpfs /run && exec /usr/sbin/atd -f';
  const child: ChildProcess = spawn('unshare', ['--mount', 'sh', '-c', script], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const root = `/proc/${child.pid}/root`;
  await until('atd runs', () => existsSync(join(root, 'run/atd.pid')));
  return {
    submit(job) {
      // In the mounts of atd, so that at(1) finds it and wakes it up.
      const args = [`--mount=/proc/${child.pid}/ns/mnt`, 'at', 'now'];
      execFileSync('nsenter', args, { input: `${job}\n`, stdio: ['pipe', 'ignore', 'ignore'] });
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
      const left = readdirSync(spool).filter((name) => !before.has(name) && name !== '.SEQ');
      for (const name of left) rmSync(join(spool, name), { force: true });
    },
  };
}
