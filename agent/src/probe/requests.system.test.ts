import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Recording, record } from './testing/recording.ts';
import { runThrough } from './testing/running.ts';

let recording: Recording;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-requests-'));
  recording = await record();
});
afterAll(async () => {
  await recording?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const requestsOf = (pid: number) =>
  recording.events.filter((event) => event.kind === 'request').filter(({ by }) => by.pid === pid);

/** Told twice: when it is run, and when it has ended. */
async function requestOf(pid: number) {
  await recording.until(() => requestsOf(pid).length >= 2, `the request of pid ${pid}`);
  return requestsOf(pid);
}

/** A program that does nothing, under another name. */
function program(name: string, text?: string): string {
  const path = join(folder, name);
  if (text === undefined) copyFileSync('/bin/true', path);
  else writeFileSync(path, text, { mode: 0o755 });
  return path;
}

it('who runs systemctl stop, with its session and what stands above it; and how it ended', async () => {
  const path = program('systemctl', '#!/bin/sh\nexit 4\n');
  const { pid } = await runThrough(path, ['stop', 'nginx']);
  const [first, again] = await requestOf(pid);
  expect(first).toMatchObject({
    source: 'probe',
    of: 'unit',
    action: 'stop',
    targets: ['nginx.service'],
    waits: true,
    by: {
      pid,
      comm: 'systemctl',
      cmdline: ['/bin/sh', path, 'stop', 'nginx'],
      uid: 0,
      pidNamespace: expect.any(Number),
      startUs: expect.any(Number),
    },
  });
  expect(first?.by.ancestry[0]).toMatchObject({ pid: process.pid });
  expect(first?.exitCode).toBeUndefined();
  expect(again).toMatchObject({ ...first, exitCode: 4 });
  expect(again?.endedUs).toBeGreaterThanOrEqual(first?.bootUs ?? 0);
  expect(recording.deaths(pid)).toEqual([]);
});

it('a script that hands it on to another program is one request', async () => {
  const systemctl = program('systemctl');
  const script = program('service', `#!/bin/sh\nexec ${systemctl} "$2" "$1.service"\n`);
  const { pid } = await runThrough(script, ['nginx', 'restart']);
  const told = await requestOf(pid);
  expect(told.map(({ by, action }) => [by.comm, action])).toEqual([
    ['service', 'restart'],
    ['systemctl', 'restart'],
    ['systemctl', 'restart'],
  ]);
  expect(told.at(-1)).toMatchObject({ exitCode: 0 });
});

it('the script of a service, and a link that systemctl is called by', async () => {
  const reboot = join(folder, 'reboot');
  symlinkSync(program('systemctl'), reboot);
  const { pid } = await runThrough(reboot, []);
  expect((await requestOf(pid))[0]).toMatchObject({ of: 'host', action: 'reboot' });
});

it('what asks for no end, and another program, is nothing', async () => {
  const asks = await runThrough(program('docker'), ['ps']);
  const other = await runThrough(program('systemctlx'), ['stop', 'nginx']);
  const last = await runThrough(program('systemctl'), ['stop', 'nginx']);
  await requestOf(last.pid);
  for (const { pid } of [asks, other]) {
    expect(requestsOf(pid)).toEqual([]);
    expect(recording.deaths(pid)).toEqual([]);
  }
});
