import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { hasJournal } from './journalctl.ts';
import { journalSource } from './source.ts';

/** journald alone, without systemd, in mounts of its own. */
let folder: string;
let journald: ChildProcess;
const patience = { timeout: 120_000 };
const script = `
set -e
mount --bind "$1/run" /run
mount --bind "$1/journald.conf" /etc/systemd/journald.conf
touch "$1/ready"
exec /lib/systemd/systemd-journald
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-journal-'));
  mkdirSync(join(folder, 'run'));
  const settings = 'Audit=no\nReadKMsg=no\nStorage=volatile\nForwardToSyslog=no\n';
  writeFileSync(join(folder, 'journald.conf'), `[Journal]\n${settings}`);
  journald = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', folder], { stdio: 'ignore' });
  const socket = join(folder, 'run/systemd/journal/socket');
  await vi.waitFor(() => expect(existsSync(socket)).toBe(true), patience);
});
afterAll(async () => {
  journald.kill('SIGKILL');
  await new Promise((resolve) => journald.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** What a program of that name says to journald, by its own socket. */
function says(name: string, message: string): void {
  const copy = join(folder, name);
  if (!existsSync(copy)) execFileSync('cp', ['/usr/bin/logger', copy]);
  const socket = join(folder, 'run/systemd/journal/dev-log');
  execFileSync(copy, ['--socket', socket, '-t', name, '--', message]);
}

const accepted = (user: string) => `Accepted publickey for ${user} from 10.0.0.5 port 4711 ssh2`;

it('follows journald, goes on after its cursor, and is started again when it dies', async () => {
  const directory = join(folder, 'run/log/journal');
  says('other', 'the first message makes the file');
  await vi.waitFor(() => expect(hasJournal(directory)).toBe(true), patience);
  const events: RawEvent[] = [];
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const cursorPath = join(folder, 'cursor');
  const source = journalSource({ bootId, cursorPath, hasKernelLog: true, directory });
  const users = () => events.map((event) => ('user' in event ? event.user : event.kind));
  const arrives = (...expected: string[]) =>
    vi.waitFor(() => expect(users()).toEqual(expected), patience);
  const follower = () =>
    Number(/\d+/.exec(execFileSync('pgrep', ['-f', directory]).toString())?.[0]);

  const first = await source.start((event) => events.push(event));
  says('cat', accepted('nobody'));
  says('sshd', accepted('bob'));
  await arrives('bob');
  expect(events[0]).toMatchObject({ kind: 'login', source: 'journal', from: '10.0.0.5' });

  process.kill(follower(), 'SIGKILL');
  says('sshd', accepted('carol'));
  await arrives('bob', 'carol');
  await first.stop();

  says('sshd', accepted('dave'));
  const second = await source.start((event) => events.push(event));
  await arrives('bob', 'carol', 'dave');
  expect(source.status()).toMatchObject({ state: 'available' });
  await second.stop();
});
