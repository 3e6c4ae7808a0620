import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { logsSource } from './source.ts';

async function following(hasKernelLog: boolean) {
  const root = mkdtempSync(join(tmpdir(), 'coroner-logs-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'var/log'), { recursive: true });
  const path = (name: string) => join(root, 'var/log', name);
  for (const name of ['syslog', 'auth.log']) writeFileSync(path(name), '');
  const events: RawEvent[] = [];
  const source = logsSource({ host: 'web-3', positionsPath: null, hasKernelLog, root });
  const running = await source.start((event) => events.push(event));
  onTestFinished(() => running.stop());
  return {
    events,
    source,
    write: (name: string, ...lines: string[]): void =>
      appendFileSync(path(name), lines.map((line) => `${line}\n`).join('')),
  };
}

const accepted =
  'Nov 23 03:12:07 web-3 sshd[880]: Accepted publickey for alice from 10.0.0.5 port 4711 ssh2';
const ran = 'Nov 23 03:12:01 web-3 CRON[7696]: (root) CMD (kill -9 7629)';
const crash =
  'Nov 23 03:12:05 web-3 kernel: [ 100.000001] php[77]: segfault at 0 ip 0000560000000000 sp 00007ffc00000000 error 4 in php[560000000000+1000]';

it('tells logins and cron runs of the lines as they come', async () => {
  const { events, write, source } = await following(true);
  write('auth.log', accepted);
  write('syslog', ran, crash);
  await vi.waitFor(() => expect(events).toHaveLength(2), { timeout: 45_000 });
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'login', user: 'alice', from: '10.0.0.5', pid: 880 }),
  );
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'cron-run', pid: 7696, command: 'kill -9 7629' }),
  );
  expect(await source.status()).toMatchObject({ state: 'available' });
});

it('gives the same line in two files one id, and equal lines of one file several', async () => {
  const { events, write } = await following(true);
  write('syslog', ran, ran);
  write('auth.log', ran);
  await vi.waitFor(() => expect(events).toHaveLength(3), { timeout: 45_000 });
  const ids = events.map((event) => event.id);
  expect(ids.filter((id) => id === undefined)).toHaveLength(2);
});

it("reads the kernel's lines where its own log cannot be read, and believes no other program", async () => {
  const { events, write } = await following(false);
  write('syslog', crash.replace('kernel:', 'mallory[5]:'), crash);
  await vi.waitFor(() => expect(events).toHaveLength(1), { timeout: 45_000 });
  expect(events[0]).toMatchObject({ kind: 'crash', pid: 77, comm: 'php', source: 'log' });
});

it('reads the logs of their own that programs keep', async () => {
  const { events, write } = await following(true);
  write(
    'slurmd.log',
    '[2026-11-23T03:12:07.123] [4711.0] error: *** JOB 4711 ON web-3 CANCELLED AT 2026-11-23T03:12:07 DUE TO TIME LIMIT ***',
  );
  write(
    'supervisord.log',
    '2026-11-23 03:12:08,123 INFO exited: app (terminated by SIGKILL; not expected)',
  );
  await vi.waitFor(() => expect(events).toHaveLength(2), { timeout: 45_000 });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'workload', manager: 'slurm' }));
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'reported-end', reporter: 'supervisord', signal: 'SIGKILL' }),
  );
});
