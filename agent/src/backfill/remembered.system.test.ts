import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RawEvent } from '../source.ts';
import { journalSource } from '../sources/journal/source.ts';
import { startJournald } from '../testing/journald.ts';
import { loadHistory } from './progress/state.ts';
import { backfillSource } from './source.ts';

/** What real programs leave behind: logrotate with each compression, utmpdump, the kernel, journald. */
const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
const ends = { shortLivedMs: 10_000, isWatched: () => false };
const host = { name: 'web-3', bootId, kernel: '6.1', os: 'Debian' };
const patience = { timeout: 120_000 };

function aRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'coroner-remembered-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'var/log/account'), { recursive: true });
  return root;
}

async function past(root: string, journal = join(root, 'none')): Promise<RawEvent[]> {
  const events: RawEvent[] = [];
  const historyPath = join(root, 'backfill.json');
  const log = pino({ level: 'silent' });
  const source = backfillSource({ host, days: 7, historyPath, log, ends, root, journal });
  const running = await source.start((event) => events.push(event));
  await vi.waitFor(() => expect(loadHistory(historyPath)?.finishedAt).not.toBeNull(), patience);
  await running.stop();
  return events;
}

const when = (agoMinutes: number): Date => new Date(Date.now() - agoMinutes * 60_000);
const fault = (pid: number): string =>
  `${when(60).toISOString().replace('Z', '+00:00')} web-3 kernel: [  10.${100000 + pid}] php[${pid}]: segfault at 0 ip 00005555 sp 00007ffe error 4 in php8[1000+2000]\n`;

it('reads what logrotate made of a log, whatever it compressed it with', async () => {
  const root = aRoot();
  const path = join(root, 'var/log/kern.log');
  const rotate = (...settings: string[]): void => {
    const configuration = join(root, 'logrotate.conf');
    writeFileSync(
      configuration,
      `${path} {\n  rotate 9\n  create\n  ${settings.join('\n  ')}\n}\n`,
      {
        mode: 0o600,
      },
    );
    execFileSync('logrotate', ['--force', '--state', join(root, 'state'), configuration]);
  };
  const compressors = ['gzip', 'xz', 'bzip2', 'zstd'].map((name) =>
    execFileSync('which', [name]).toString().trim(),
  );
  for (const [index, program] of compressors.entries()) {
    writeFileSync(path, fault(index));
    const extension = { gzip: 'gz', xz: 'xz', bzip2: 'bz2', zstd: 'zst' }[
      program.split('/').at(-1) ?? ''
    ];
    rotate('compress', `compresscmd ${program}`, `compressext .${extension}`);
  }
  writeFileSync(path, fault(10));
  rotate('dateext', 'dateformat -%Y%m%d-%s');
  writeFileSync(path, fault(11));
  rotate('nocompress', 'copytruncate');
  appendFileSync(path, fault(12));
  const events = await past(root);
  const pids = events.map((event) => ('pid' in event ? Number(event.pid) : event));
  expect(pids.toSorted((a, b) => Number(a) - Number(b))).toEqual([0, 1, 2, 3, 10, 11, 12]);
});

it('reads wtmp, btmp and process accounting', async () => {
  const root = aRoot();
  const stamp = when(90)
    .toISOString()
    .replace('T', ' ')
    .replace(/\..*/, ',000000+00:00')
    .replace(' ', 'T');
  const record = (type: number, user: string): string =>
    `[${type}] [04121] [ts/2] [${user.padEnd(8)}] [pts/2       ] [10.0.0.5            ] [10.0.0.5       ] [${stamp}]\n`;
  const dump = (file: string, text: string): void =>
    writeFileSync(
      join(root, 'var/log', file),
      execFileSync('utmpdump', ['--reverse'], { input: text, stdio: ['pipe', 'pipe', 'ignore'] }),
    );
  dump('wtmp', record(7, 'alice'));
  dump('btmp', record(6, 'mallory'));
  const accounting = join(root, 'var/log/account/pacct');
  writeFileSync(accounting, '');
  execFileSync(
    'unshare',
    [
      '--pid',
      '--fork',
      '--kill-child',
      'sh',
      '-c',
      `accton "$0"; sh -c 'kill -9 $$'; accton off`,
      accounting,
    ],
    { stdio: 'ignore' },
  );
  const events = await past(root);
  expect(events).toMatchObject([
    { kind: 'login', user: 'alice', tty: 'pts/2', from: '10.0.0.5', backfilled: true },
    { kind: 'login-failed', user: 'mallory' },
    ...events.slice(2),
  ]);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'process-accounting', signal: 'SIGKILL', comm: 'sh' }),
  );
});

it('reads cores by their names and attributes, and the last words of a kernel', async () => {
  const root = aRoot();
  const cores = join(root, 'var/lib/systemd/coredump');
  const pstore = join(root, 'var/lib/systemd/pstore/1790000000');
  mkdirSync(cores, { recursive: true });
  mkdirSync(pstore, { recursive: true });
  const micros = when(30).getTime() * 1000;
  const core = join(cores, `core.php.33.${'a'.repeat(32)}.4121.${micros}.zst`);
  writeFileSync(core, '');
  const attributes = { signal: '11', comm: 'php', exe: '/usr/bin/php' };
  for (const [name, value] of Object.entries(attributes))
    execFileSync('python3', [
      '-c',
      'import os, sys; os.setxattr(sys.argv[1], "user.coredump." + sys.argv[2], sys.argv[3].encode())',
      core,
      name,
      value,
    ]);
  const dump = join(root, 'var/lib/systemd/pstore/dmesg-ramoops-0');
  writeFileSync(
    dump,
    'Oops#1 Part1\n<0>[  12.345678] Kernel panic - not syncing: Fatal exception\n',
  );
  writeFileSync(join(pstore, 'dmesg.txt'), '<0>[  12.345678] Kernel panic - not syncing: old\n');
  const events = await past(root);
  expect(events).toMatchObject([
    { kind: 'coredump', pid: 4121, comm: 'php', exe: '/usr/bin/php', uid: 33, signal: 'SIGSEGV' },
    { kind: 'kernel-panic', source: 'pstore', backfilled: true },
  ]);
  expect(events[0]?.at).toBe(new Date(micros / 1000).toISOString());
});

it('reads the journal, under the ids that the live source gives', async () => {
  const journald = await startJournald();
  onTestFinished(() => journald.stop());
  const { directory, folder, says } = journald;
  const live: RawEvent[] = [];
  const following = await journalSource({
    bootId,
    cursorPath: join(folder, 'cursor'),
    hasKernelLog: true,
    directory,
  }).start((event) => live.push(event));
  says('sshd', 'Accepted publickey for bob from 10.0.0.5 port 4711 ssh2');
  await vi.waitFor(() => expect(live).toHaveLength(1), patience);
  await following.stop();
  const [event] = await past(aRoot(), directory);
  const { id, backfilled, ...content } = event as RawEvent;
  expect(content).toEqual(live[0]);
  expect(backfilled).toBe(true);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
});
