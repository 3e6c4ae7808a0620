import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { thisHost } from '../../host.ts';
import type { RawEvent } from '../../source.ts';
import { hostSource } from './source.ts';

let root: string;
let events: RawEvent[];
const host = thisHost('web-3');
const patience = { timeout: 60_000 };
const seenAt = '2026-11-23T03:10:00.000Z';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'coroner-host-'));
  mkdirSync(join(root, 'var/log/apt'), { recursive: true });
  events = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function started() {
  const paths = { bootPath: join(root, 'boot.json'), positionsPath: join(root, 'packages.json') };
  return hostSource({ host, ...paths, root }).start((event) => events.push(event));
}

/** wtmp as the tools of util-linux write it: type and time of each record. */
function writeWtmp(records: readonly (readonly [type: number, user: string, at: string])[]): void {
  const lines = records.map(
    ([type, user, at]) =>
      `[${type}] [00000] [~~  ] [${user.padEnd(8)}] [~           ] [6.1.0-18-amd64      ] [0.0.0.0        ] [${at.replace('Z', '').padEnd(23, '0')},000000+00:00]`,
  );
  const binary = execFileSync('utmpdump', ['-r'], {
    input: `${lines.join('\n')}\n`.replaceAll(/\.000,/g, ','),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  writeFileSync(join(root, 'var/log/wtmp'), binary);
}

function lastSaw(bootId: string): void {
  writeFileSync(join(root, 'boot.json'), JSON.stringify({ bootId, seenAt }));
}

const boot = () => events.find((event) => event.kind === 'boot');

it('tells a boot once, and how the one before it ended: on record, not on record, or nobody knows', async () => {
  lastSaw('before');
  writeWtmp([
    [1, 'shutdown', '2026-11-23T03:11:00.000Z'],
    [2, 'reboot', '2026-11-23T03:12:00.000Z'],
  ]);
  await (await started()).stop();
  expect(boot()).toMatchObject({
    ...{ bootId: host.bootId, previousBootId: 'before', previousSeenAt: seenAt },
    previousEnd: 'shutdown',
    text: 'wtmp has a shutdown at 2026-11-23T03:11:00.000000Z',
  });
  const { id } = boot() ?? {};
  events = [];
  await (await started()).stop();
  expect(boot()).toBeUndefined();

  lastSaw('before');
  writeWtmp([
    [1, 'shutdown', '2026-11-22T03:11:00.000Z'],
    [2, 'reboot', '2026-11-23T03:12:00.000Z'],
  ]);
  await (await started()).stop();
  expect(boot()).toMatchObject({ id, previousEnd: 'no-record' });

  events = [];
  lastSaw('before');
  rmSync(join(root, 'var/log/wtmp'));
  await (await started()).stop();
  expect(boot()).toMatchObject({ previousEnd: 'not-known' });
});

/** A boot before and this one, as wtmpdb keeps them: `wtmpdb shutdown` ends the row of a boot. */
function writeWtmpdb(shutdownAt: string | null): void {
  const folder = join(root, 'var/lib/wtmpdb');
  mkdirSync(folder, { recursive: true });
  const us = (at: string): number => Date.parse(at) * 1000;
  const ended = shutdownAt === null ? 'null' : us(shutdownAt);
  const columns =
    'ID INTEGER PRIMARY KEY, Type INTEGER, User TEXT NOT NULL, Login INTEGER, Logout INTEGER, TTY TEXT, RemoteHost TEXT, Service TEXT';
  const rows = [
    `(1, 1, 'reboot', ${us('2026-11-01T00:00:00Z')}, ${ended}, '~', '6.1', null)`,
    `(2, 1, 'reboot', ${us('2026-11-23T03:12:00Z')}, null, '~', '6.1', null)`,
  ];
  const sql = `drop table if exists wtmp; create table wtmp(${columns}) STRICT; insert into wtmp values ${rows.join(', ')};`;
  execFileSync('sqlite3', [join(folder, 'wtmp.db'), sql]);
}

it('the same by wtmpdb, where a distribution has no wtmp', async () => {
  lastSaw('before');
  writeWtmpdb('2026-11-23T03:11:00.000Z');
  await (await started()).stop();
  expect(boot()).toMatchObject({
    previousEnd: 'shutdown',
    text: 'wtmpdb has a shutdown at 2026-11-23T03:11:00.000Z',
  });
  events = [];
  lastSaw('before');
  writeWtmpdb(null);
  await (await started()).stop();
  expect(boot()).toMatchObject({
    previousEnd: 'no-record',
    text: 'wtmpdb has this boot, but no shutdown',
  });
});

it("reads the kernel's last words after a panic", async () => {
  lastSaw('before');
  const folder = join(root, 'var/lib/systemd/pstore', `${Date.parse(seenAt) / 1000 + 30}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'dmesg.txt'),
    'Panic#1 Part1\n<0>[  812.345678] Kernel panic - not syncing: Fatal exception in interrupt\n',
  );
  await (await started()).stop();
  expect(boot()).toMatchObject({ previousEnd: 'panic' });
  expect(boot()).toHaveProperty('text', expect.stringContaining('Fatal exception in interrupt'));
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'kernel-panic', backfilled: true }),
  );
});

it('a package that the real dpkg installs and removes', async () => {
  const name = `coroner-test-${process.pid}`;
  const files = join(root, name, 'DEBIAN');
  mkdirSync(files, { recursive: true });
  writeFileSync(
    join(files, 'control'),
    `Package: ${name}\nVersion: 1.0-1\nArchitecture: all\nMaintainer: none <none@localhost>\nDescription: none\n`,
  );
  const archive = join(root, `${name}.deb`);
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', join(root, name), archive]);
  const admin = join(root, 'dpkg');
  mkdirSync(join(admin, 'info'), { recursive: true });
  mkdirSync(join(admin, 'updates'), { recursive: true });
  for (const file of ['status', 'available']) writeFileSync(join(admin, file), '');
  const log = join(root, 'var/log/dpkg.log');
  writeFileSync(log, '');
  const running = await started();
  try {
    const dpkg = (...words: string[]) =>
      execFileSync('dpkg', [`--admindir=${admin}`, `--log=${log}`, '--force-not-root', ...words]);
    dpkg('--install', archive);
    dpkg('--remove', name);
    await vi.waitFor(() => expect(events.filter(isPackage).length).toBe(2), patience);
  } finally {
    await running.stop();
  }
  expect(events.filter(isPackage)).toMatchObject([
    { manager: 'dpkg', action: 'install', package: name, toVersion: '1.0-1' },
    { action: 'remove', package: name, fromVersion: '1.0-1' },
  ]);
  expect(readFileSync('/var/lib/dpkg/status', 'utf8')).not.toContain(name);
});

const isPackage = (event: RawEvent): boolean => event.kind === 'package-change';
