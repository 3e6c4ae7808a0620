import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasJournal } from '../sources/journal/journalctl.ts';

/** journald alone, without systemd, in mounts of its own. */
export interface Journald {
  /** Where it keeps its journal. */
  readonly directory: string;
  /** A folder that goes with it. */
  readonly folder: string;
  /** What a program of that name says to it, as facility and level of syslog(3). */
  says(name: string, message: string, priority?: string): void;
  stop(): Promise<void>;
}

const patienceMs = 120_000;
const pollMs = 20;
const script = `
set -e
mount --bind "$1/run" /run
mount --bind "$1/journald.conf" /etc/systemd/journald.conf
exec /lib/systemd/systemd-journald
`;

export async function startJournald(): Promise<Journald> {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-journal-'));
  const socket = join(folder, 'run/systemd/journal/dev-log');
  const directory = join(folder, 'run/log/journal');
  mkdirSync(join(folder, 'run'));
  const settings = 'Audit=no\nReadKMsg=no\nStorage=volatile\nForwardToSyslog=no\n';
  writeFileSync(join(folder, 'journald.conf'), `[Journal]\n${settings}`);
  const daemon: ChildProcess = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', folder], {
    stdio: 'ignore',
  });
  await appears('the socket of journald', () => existsSync(socket));
  says('other', 'the first message makes the file');
  await appears('the journal', () => hasJournal(directory));
  return {
    directory,
    folder,
    says,
    async stop() {
      daemon.kill('SIGKILL');
      if (daemon.exitCode === null && daemon.signalCode === null)
        await new Promise((resolve) => daemon.once('exit', resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };

  function says(name: string, message: string, priority = 'user.notice'): void {
    const copy = join(folder, name);
    if (!existsSync(copy)) execFileSync('cp', ['/usr/bin/logger', copy]);
    execFileSync(copy, ['--socket', socket, '-p', priority, '-t', name, '--', message]);
  }
}

async function appears(what: string, isThere: () => boolean): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!isThere()) {
    if (Date.now() > deadline) throw new Error(`${what} did not appear`);
    await sleep(pollMs);
  }
}
