import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { eventId } from '../pipeline/event-id.ts';
import type { RawEvent } from '../source.ts';
import { loadHistory } from './progress/state.ts';
import { backfillSource } from './source.ts';

const ends = { shortLivedMs: 10_000, isWatched: () => false };
const host = { name: 'web-3', bootId: 'boot-1', kernel: '6.1', os: 'Debian' };
const log = pino({ level: 'silent' });
const hourMs = 3_600_000;

function aHost() {
  const root = mkdtempSync(join(tmpdir(), 'coroner-backfill-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const historyPath = join(root, 'state/backfill.json');
  const write = (path: string, content: string | Buffer, agoMs: number): void => {
    const at = join(root, 'var/log', path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, content);
    const when = new Date(Date.now() - agoMs);
    utimesSync(at, when, when);
  };
  const source = (changes: { days?: number; bootId?: string } = {}) =>
    backfillSource({
      host: { ...host, bootId: changes.bootId ?? host.bootId },
      days: changes.days ?? 7,
      historyPath,
      log,
      ends,
      root,
      journal: join(root, 'no-journal'),
    });
  /** Runs until the past is read, or until `until` says so and the process is gone. */
  const read = async (changes: Parameters<typeof source>[0] = {}): Promise<RawEvent[]> => {
    const events: RawEvent[] = [];
    const running = await source(changes).start((event) => events.push(event));
    await vi.waitFor(() => expect(loadHistory(historyPath)?.finishedAt).not.toBeNull(), {
      timeout: 45_000,
    });
    await running.stop();
    return events;
  };
  return { root, historyPath, write, source, read };
}

const pad = (number: number): string => String(number).padStart(2, '0');
/** As rsyslog writes it: local time, no year. */
function stamp(agoMs: number): string {
  const date = new Date(Date.now() - agoMs);
  const month = date.toLocaleString('en', { month: 'short' });
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(':');
  return `${month} ${String(date.getDate()).padStart(2)} ${time}`;
}
const fault = (agoMs: number, pid: number): string =>
  `${stamp(agoMs)} web-3 kernel: [  100.${String(pid).padStart(6, '0')}] php[${pid}]: segfault at 0 ip 00005555 sp 00007ffe error 4 in php8[1000+2000]\n`;
const pids = (events: readonly RawEvent[]): unknown[] =>
  events.map((event) => ('pid' in event ? event.pid : event.kind)).sort();

it('reads logs of yesterday, rotated and compressed ones too, and nothing older', async () => {
  const here = aHost();
  here.write('kern.log', fault(hourMs, 1), hourMs);
  here.write('kern.log.1', `${fault(9 * 24 * hourMs, 20)}${fault(24 * hourMs, 2)}`, 24 * hourMs);
  here.write('kern.log.2.gz', gzipSync(fault(48 * hourMs, 3)), 48 * hourMs);
  here.write('messages-20261101', fault(30 * 24 * hourMs, 4), 30 * 24 * hourMs);
  here.write('kern.log.bak', fault(hourMs, 5), hourMs);
  const events = await here.read();
  expect(pids(events)).toEqual([1, 2, 3]);
  expect(events.every(({ backfilled }) => backfilled === true)).toBe(true);
  expect(here.source().status()).toMatchObject({
    state: 'available',
    why: expect.stringContaining('3 events from 3 files'),
  });
});

it('reads once: a second start reads nothing', async () => {
  const here = aHost();
  here.write('kern.log', fault(hourMs, 1), hourMs);
  expect(await here.read()).toHaveLength(1);
  here.write('kern.log.1', fault(2 * hourMs, 2), 2 * hourMs);
  expect(await here.read()).toEqual([]);
});

it('can be turned off, and on again: the past ends at the first start', async () => {
  const here = aHost();
  here.write('kern.log', fault(hourMs, 1), hourMs);
  const events: RawEvent[] = [];
  await (await here.source({ days: 0 }).start((event) => events.push(event))).stop();
  expect(events).toEqual([]);
  expect(here.source({ days: 0 }).status()).toMatchObject({ state: 'off' });
  const path = join(here.root, 'var/log/kern.log');
  appendFileSync(path, fault(-hourMs, 2));
  expect(pids(await here.read())).toEqual([1]);
});

it('gives the ids that the live source gives', async () => {
  const here = aHost();
  const line = `${stamp(hourMs)} web-3 sshd[7]: Accepted publickey for bob from 10.0.0.5 port 4711 ssh2\n`;
  here.write('auth.log', line + line, hourMs);
  const [first, second] = await here.read();
  const { id: _, backfilled: __, ...live } = first as RawEvent;
  expect(first?.id).toBe(eventId(host, live));
  expect(second?.id).not.toBe(first?.id);
});

it('goes on after it was stopped, also in another boot, and after a rotation', async () => {
  const here = aHost();
  const lines = Array.from({ length: 1400 }, (_, index) => fault(hourMs, index + 1));
  here.write('kern.log', lines.slice(700).join(''), hourMs);
  here.write('kern.log.1', lines.slice(0, 700).join(''), 2 * hourMs);
  const before: RawEvent[] = [];
  const running = await here.source().start((event) => before.push(event));
  await vi.waitFor(() => expect(before.length).toBeGreaterThan(100), { timeout: 45_000 });
  await running.stop();
  expect(before.length).toBeLessThan(1400);
  const at = (name: string): string => join(here.root, 'var/log', name);
  renameSync(at('kern.log.1'), at('kern.log.2'));
  renameSync(at('kern.log'), at('kern.log.1'));
  appendFileSync(at('kern.log.1'), fault(-hourMs, 9999));
  const after = await here.read({ bootId: 'boot-2' });
  const ids = new Map([...before, ...after].map((event) => [event.id, event]));
  expect(ids.size).toBe(1400);
  expect(new Set(pids([...ids.values()])).size).toBe(1400);
});

it('leaves out what other hosts sent to the syslog of this one, and knows itself by an old name', async () => {
  const here = aHost();
  const of = (name: string, pid: number): string => fault(hourMs, pid).replace('web-3', name);
  here.write('kern.log', fault(hourMs, 1) + of('web-3.example.org', 2) + of('db-1', 3), hourMs);
  here.write('kern.log.1', of('installer', 4) + of('installer', 5), hourMs);
  expect(pids(await here.read())).toEqual([1, 2, 4, 5]);
});

it('reads what package managers did, and the logs of their own of programs', async () => {
  const here = aHost();
  const date = new Date(Date.now() - hourMs);
  const day = [date.getFullYear(), pad(date.getMonth() + 1), pad(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(':');
  const upgrade = `${day} ${time} upgrade nginx:amd64 1.0-1 1.0-2\n`;
  here.write('dpkg.log.2.gz', gzipSync(upgrade), hourMs);
  const exited = `${day} ${time},123 INFO exited: app (terminated by SIGKILL; not expected)\n`;
  here.write('supervisor/supervisord.log', exited, hourMs);
  expect(await here.read()).toMatchObject([
    { kind: 'reported-end', reporter: 'supervisord', backfilled: true },
    { kind: 'package-change', package: 'nginx', toVersion: '1.0-2', backfilled: true },
  ]);
});

it('says which file it could not read, and of which days', async () => {
  const here = aHost();
  here.write('kern.log.1.gz', gzipSync(fault(hourMs, 1).repeat(5000)).subarray(0, 200), hourMs);
  const events = await here.read({ days: 2 });
  const gaps = events.filter(({ kind }) => kind === 'gap');
  expect(gaps).toHaveLength(2);
  expect(gaps[0]).toMatchObject({
    of: 'backfill',
    reason: expect.stringContaining('kern.log.1.gz'),
  });
  expect(here.source().status()).toMatchObject({ why: expect.stringContaining('kern.log.1.gz') });
});

it('finds what was compressed while others were read', async () => {
  const here = aHost();
  const one = Array.from({ length: 700 }, (_, index) => fault(hourMs, index + 1)).join('');
  here.write('kern.log', one, hourMs);
  here.write('kern.log.1', fault(24 * hourMs, 5000), 24 * hourMs);
  const events: RawEvent[] = [];
  const running = await here.source().start((event) => events.push(event));
  here.write('kern.log.2.gz', gzipSync(fault(24 * hourMs, 5000)), 24 * hourMs);
  rmSync(join(here.root, 'var/log/kern.log.1'));
  await vi.waitFor(() => expect(loadHistory(here.historyPath)?.finishedAt).not.toBeNull(), {
    timeout: 45_000,
  });
  await running.stop();
  expect(events).toHaveLength(701);
  expect(pids(events)).toContain(5000);
});
