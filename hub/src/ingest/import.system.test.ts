import type { Answer } from '@coroner/schema/http/answer';
import type { ImportResult } from '@coroner/schema/http/import';
import type { IncidentPage } from '@coroner/schema/http/incidents';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';
import { startLogDeaths } from './log-deaths/look-for-deaths.ts';
import { takeEvents } from './take-events.ts';

let world: StoredApi;
beforeAll(async () => {
  world = await startStoredApi();
});
afterAll(() => world?.stop());

let ids = 0;
const event = (time: string, facts: { kind: string; [fact: string]: unknown }) => {
  ids += 1;
  return { id: `line-${ids}-of-a-log`, source: 'log', at: `2026-08-01T${time}Z`, ...facts };
};
const store = async (host: string, events: unknown[]) =>
  (await world.post<ImportResult>('/v1/events', { host, events })).body;
const why = async (host: string, process: string) =>
  (await world.get<Answer>(`/v1/why?host=${host}&process=${process}`)).body;

const crash = (time: string, pid: number, comm: string, source = 'log') =>
  event(time, { kind: 'crash', pid, comm, trap: 'segfault', object: 'libc.so.6', source });
const unit = (time: string, name: string, facts: object) =>
  event(time, { kind: 'unit', unit: name, state: 'process-exited', ...facts });

test.each<[string, object[], string, object]>([
  [
    'a fault line of a text log',
    [crash('01:00:00', 10, 'php')],
    'php',
    { cause: 'crash', confidence: 'likely' },
  ],
  [
    'a fault line that the kernel itself wrote',
    [crash('01:00:00', 10, 'php', 'kmsg')],
    'php',
    { cause: 'crash', confidence: 'proven' },
  ],
  [
    'a fault line and a core',
    [
      crash('01:00:00', 10, 'php'),
      event('01:00:01', { kind: 'coredump', pid: 10, comm: 'php', signal: 'SIGSEGV' }),
    ],
    'php',
    { cause: 'crash', confidence: 'proven' },
  ],
  [
    'an abort',
    [
      event('01:00:00', {
        kind: 'coredump',
        pid: 10,
        comm: 'qemu',
        exe: '/usr/bin/qemu',
        signal: 'SIGABRT',
      }),
    ],
    'qemu',
    { cause: 'abort', confidence: 'likely' },
  ],
  [
    'an abnormal end in the audit log',
    [
      event('01:00:00', {
        kind: 'abnormal-end',
        pid: 10,
        comm: 'x',
        signal: 'SIGBUS',
        source: 'audit',
      }),
    ],
    'x',
    { cause: 'crash', confidence: 'likely' },
  ],
  [
    'a core of a signal that anybody may send',
    [event('01:00:00', { kind: 'coredump', pid: 10, comm: 'jvm', signal: 'SIGQUIT' })],
    'jvm',
    { cause: 'unknown', confidence: 'unknown' },
  ],
  [
    'a kill by earlyoom',
    [
      event('01:00:00', {
        kind: 'oom-daemon-kill',
        daemon: 'earlyoom',
        pid: 10,
        comm: 'chrome',
        cgroup: null,
        unit: null,
        signal: 'SIGTERM',
      }),
    ],
    'chrome',
    { cause: 'oom-daemon', confidence: 'likely' },
  ],
  [
    'a unit that systemd stopped',
    [
      event('00:59:59', { kind: 'unit', unit: 'web.service', state: 'stopping' }),
      unit('01:00:00', 'web.service', { code: 'killed', status: '15/TERM' }),
    ],
    'web.service',
    { cause: 'service-stopped', confidence: 'likely' },
  ],
  [
    'a unit that did not stop in time',
    [
      event('00:59:59', { kind: 'unit', unit: 'web.service', state: 'timeout' }),
      unit('01:00:00', 'web.service', { code: 'killed', status: 9 }),
    ],
    'web.service',
    { cause: 'service-timeout', confidence: 'likely' },
  ],
  [
    'a unit that was killed, nobody says why',
    [unit('01:00:00', 'web.service', { code: 'killed', status: '9/KILL' })],
    'web.service',
    { cause: 'unknown', confidence: 'unknown' },
  ],
  [
    'a unit that dumped core',
    [unit('01:00:00', 'web.service', { code: 'dumped', status: '11/SEGV' })],
    'web.service',
    { cause: 'crash', confidence: 'likely' },
  ],
])('of %s', async (what, events, process, verdict) => {
  const host = `host-${what.replaceAll(' ', '-')}`;
  expect(await store(host, events)).toMatchObject({
    stored: events.length,
    deaths: 1,
    refused: [],
  });
  const answer = await why(host, process);
  expect(answer.verdict).toMatchObject(verdict);
  expect(answer.actor).toBeNull();
  expect(answer.verdict.summary).not.toContain('pid 0');
  expect(await store(host, events)).toMatchObject({
    stored: 0,
    repeated: events.length,
    deaths: 0,
  });
});

test('deaths that another hub found first are counted', async () => {
  const { pool } = world;
  const options = { pool, log: pino({ level: 'silent' }), onBatch: () => {} };
  const [other, own] = [startLogDeaths(options), startLogDeaths(options)];
  const look = () => other.look().then(own.look);
  const take = takeEvents({ ...options, logDeaths: { look } });
  const host = 'looked-at-by-two';
  const events = [crash('01:30:00', 10, 'php'), crash('01:40:00', 11, 'php')];
  expect(await take({ host, events })).toMatchObject({ stored: 2, deaths: 2 });
  expect(await take({ host, events })).toMatchObject({ stored: 0, deaths: 0 });
  await Promise.all([other.stop(), own.stop()]);
});

test('imports alert nobody, and the same line of two hosts is two events', async () => {
  const line = crash('02:00:00', 20, 'perl');
  expect(await store('one', [line])).toMatchObject({ stored: 1, deaths: 1 });
  expect(await store('two', [line])).toMatchObject({ stored: 1, deaths: 1 });
  const { rows } = await world.pool.query('select count(*)::integer as waiting from outbox');
  expect(rows).toEqual([{ waiting: 0 }]);
  const incidents = await world.get<IncidentPage>('/v1/incidents?host=one');
  expect(incidents.body.items).toMatchObject([{ hosts: ['one'], deaths: 1 }]);
});

test('what cannot be read is refused and kept; the rest is stored', async () => {
  const result = await store('odd', [{ kind: 'nonsense' }, crash('03:00:00', 1, 'a'), 7, null]);
  expect(result).toMatchObject({ stored: 1, deaths: 1 });
  expect(result.refused).toHaveLength(3);
});

test('a record of a probe is not doubled by the log', async () => {
  const death = killed({ host: 'probed', pid: 30, comm: 'java', at: '2026-08-01T04:00:00Z' });
  await world.store('probed', [death]);
  const oom = { kind: 'oom-kill', pid: 30, comm: 'java', constraint: 'none' };
  expect(await store('probed', [event('04:00:00', oom)])).toMatchObject({ stored: 1, deaths: 0 });
});
