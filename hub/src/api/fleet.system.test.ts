import type { Event } from '@coroner/schema/event/event';
import type { CronJob } from '@coroner/schema/http/cron-jobs';
import type { DeathDetail } from '@coroner/schema/http/death-detail';
import type { IncidentDetail } from '@coroner/schema/http/incidents';
import type { Session } from '@coroner/schema/http/logins';
import type { Problem } from '@coroner/schema/http/problem';
import type { Stats } from '@coroner/schema/http/stats';
import type { TimelineItem } from '@coroner/schema/http/timeline';
import { stableId } from '@coroner/schema/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;

const day = '2026-08-01T';
const at = (time: string): string => `${day}${time}Z`;

type Facts = Record<string, unknown> & { kind: Event['kind']; at: string };
const event = (facts: Facts): Event =>
  ({ source: 'log', id: stableId('test', JSON.stringify(facts)), ...facts }) as Event;

const login = (time: string, user: string, more: object = {}): Event =>
  event({ kind: 'login', at: at(time), user, ...more });
const logout = (time: string, user: string, more: object = {}): Event =>
  event({ kind: 'logout', at: at(time), user, ...more });
const cronLine = (line: number, schedule: string, command: string, more: object = {}): Event =>
  event({
    kind: 'cron-job',
    at: at('00:00:00'),
    source: 'crontab',
    file: '/etc/cron.d/clean',
    line,
    user: 'root',
    schedule,
    command,
    nextRun: null,
    timeZone: 'Europe/Berlin',
    ...more,
  });

beforeAll(async () => {
  world = await startStoredApi();
  await world.store('web-3', [
    event({ kind: 'boot', at: at('00:00:01'), kernel: '6.18.0' }),
    login('01:00:00', 'alice', {
      pid: 880,
      from: '10.0.0.5',
      service: 'sshd',
      method: 'publickey',
    }),
    login('01:00:01', 'alice', { pid: 880, service: 'sshd', session: '7', source: 'journal' }),
    login('01:00:02', 'alice', { pid: 882, tty: 'pts/2', from: '10.0.0.5', source: 'wtmp' }),
    event({ kind: 'cron-run', at: at('02:00:01'), user: 'root', command: 'run\n\u001b[2Jme' }),
    killed({ pid: 10, at: at('03:00:00'), unit: 'nginx.service' }),
    event({
      kind: 'gap',
      at: at('03:01:00'),
      of: 'probe',
      since: null,
      until: null,
      lost: 3,
      reason: 'ring overrun',
    }),
    logout('04:00:00', 'alice', { pid: 880, service: 'sshd' }),
    login('04:30:00', 'bob', { tty: 'pts/2', pid: 900, from: '10.0.0.9', source: 'wtmp' }),
    login('05:00:00', 'carol', { tty: 'pts/2', pid: 910, from: '10.0.0.8', source: 'wtmp' }),
    login('05:30:00', 'root', { service: 'sudo', pid: 911 }),
    event({ kind: 'shutdown', at: at('06:00:00'), how: 'reboot' }),
    login('07:00:00', 'dave', { pid: 920, from: '10.0.0.7', service: 'sshd' }),
    cronLine(1, '30 2 * * *', 'nightly kill'),
    cronLine(2, '@reboot', 'at boot'),
    cronLine(3, '0 0 1 1 *', 'once'),
    cronLine(3, '0 0 1 2 *', 'changed', { at: at('08:00:00') }),
    cronLine(4, '* * * * *', 'gone'),
    cronLine(4, '* * * * *', 'gone', { at: at('09:00:00'), removed: true }),
  ]);
  await world.store('web-4', [
    killed({ host: 'web-4', pid: 11, at: at('03:00:10') }),
    cronLine(1, '0 0 * * *', 'utc job', { timeZone: null }),
  ]);
});
afterAll(() => world?.stop());

describe('a timeline', () => {
  const texts = async (query: string) =>
    (await world.pages<TimelineItem>(`/v1/hosts/web-3/timeline${query}`, 3)).map(
      (item) => item.kind,
    );
  const all = [
    ...['boot', 'login', 'login', 'login', 'cron-run', 'death', 'gap', 'logout', 'login', 'login'],
    ...['login', 'shutdown', 'login'],
  ];

  test('has everything of one host in the order of time, in pages without gaps', async () => {
    expect(await texts('')).toEqual(all);
    expect(await texts('?order=desc')).toEqual(all.toReversed());
  });

  test.each<[string, string[]]>([
    ['process=nginx', ['death']],
    ['process=nginx.service', ['death']],
    ['cause=signal-from-process', ['death']],
    ['cause=crash', []],
    ['user=bob', ['login']],
    ['kind=gap', ['gap']],
    [`since=${at('04:00:00')}&until=${at('04:30:00')}`, ['logout', 'login']],
  ])('?%s', async (query, expected) => {
    expect(await texts(`?${query}`)).toEqual(expected);
  });

  test('says what died why, and shows hostile text harmless', async () => {
    const items = await world.pages<TimelineItem>('/v1/hosts/web-3/timeline', 100);
    const death = items.find((item) => item.kind === 'death');
    expect(death).toMatchObject({
      verdict: { cause: 'signal-from-process', confidence: 'proven' },
      user: 'www-data',
    });
    expect(death?.text).toMatch(/^nginx \(pid 10\) on web-3 was killed with SIGKILL/);
    const run = items.find((item) => item.kind === 'cron-run');
    expect(run?.text).toMatch(/^cron ran run.*me as root$/);
    expect(run?.text).not.toMatch(/[\u0000-\u001f]/);
  });

  test('of a host that nobody knows is empty, whatever its name', async () => {
    for (const host of ['nowhere', '..%2F..%2Fetc', '%27%20or%201=1--', 'a'.repeat(500)])
      expect((await world.get(`/v1/hosts/${host}/timeline`)).body).toEqual({
        items: [],
        next: null,
      });
  });
});

describe('logins', () => {
  const sessions = (query = '') => world.pages<Session>(`/v1/logins${query}`, 2);

  test('join the records of a login with its end', async () => {
    expect(await sessions()).toMatchObject([
      { user: 'dave', open: true, end: null, endedBy: null },
      { user: 'carol', end: at('06:00:00').replace('Z', '.000000Z'), endedBy: 'shutdown' },
      { user: 'bob', endedBy: 'terminal-reused' },
      {
        user: 'alice',
        host: 'web-3',
        tty: 'pts/2',
        from: '10.0.0.5',
        method: 'publickey',
        sessionId: '7',
        endedBy: 'logout',
        open: false,
      },
    ]);
  });

  test.each<[string, string[]]>([
    [`?at=${at('03:00:00')}`, ['alice']],
    [`?at=${at('05:10:00')}`, ['carol']],
    [`?at=${at('00:30:00')}`, []],
    [`?at=${at('09:00:00')}&host=web-3`, ['dave']],
    ['?user=bob', ['bob']],
    ['?from=10.0.0.8', ['carol']],
    ['?host=web-4', []],
    [`?since=${at('04:00:00')}&until=${at('05:00:00')}`, ['carol', 'bob']],
  ])('%s', async (query, users) => {
    expect((await sessions(query)).map((session) => session.user)).toEqual(users);
  });
});

describe('cron jobs', () => {
  const jobs = (query = '') => world.pages<CronJob>(`/v1/cron-jobs${query}`, 2);

  test('are the newest lines of each host, with the next run in their zone', async () => {
    const all = await jobs();
    expect(all.map(({ host, line, command }) => [host, line, command])).toEqual([
      ['web-3', 1, 'nightly kill'],
      ['web-3', 2, 'at boot'],
      ['web-3', 3, 'changed'],
      ['web-4', 1, 'utc job'],
    ]);
    const [nightly, atBoot, , utc] = all;
    const berlin = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      hour: '2-digit',
      minute: '2-digit',
    });
    expect(berlin.format(new Date(nightly?.nextRun ?? 0))).toBe('02:30');
    expect(Date.parse(nightly?.nextRun ?? '')).toBeGreaterThan(Date.now());
    expect(atBoot?.nextRun).toBeNull();
    expect(utc).toMatchObject({ timeZone: 'UTC', timeZoneKnown: false });
    expect(utc?.nextRun).toMatch(/T00:00:00/);
  });

  test('are found by host, user, command and next run', async () => {
    const commands = async (query: string) => (await jobs(query)).map((job) => job.command);
    expect(await commands('?host=web-4')).toEqual(['utc job']);
    expect(await commands('?process=kill')).toEqual(['nightly kill']);
    expect(await commands('?user=nobody')).toEqual([]);
    const soon = new Date(Date.now() + 26 * 3_600_000).toISOString();
    expect(await commands(`?until=${soon}`)).toEqual(['nightly kill', 'utc job']);
  });
});

describe('stats', () => {
  const span = `since=${at('02:00:00')}&until=${at('04:00:00')}`;

  test('count by cause, victim, host, user and time', async () => {
    const { body } = await world.get<Stats>(`/v1/stats?${span}&bucket=hour`);
    expect(body).toMatchObject({
      total: 2,
      causes: [{ cause: 'signal-from-process', count: 2 }],
      victims: [{ name: 'nginx', count: 2 }],
      hosts: [
        { name: 'web-3', count: 1 },
        { name: 'web-4', count: 1 },
      ],
      users: [{ name: 'alice', count: 2 }],
    });
    expect(body.buckets.map(({ count }) => count)).toEqual([0, 2, 0]);
    expect(body.buckets[1]?.causes).toEqual({ 'signal-from-process': 2 });
  });

  test('of one host, and the first alone', async () => {
    const { body } = await world.get<Stats>(`/v1/stats?${span}&host=web-4&process=nginx`);
    expect(body).toMatchObject({ total: 1, hosts: [{ name: 'web-4' }], bucket: 'minute' });
    const top = await world.get<Stats>(`/v1/stats?${span}&top=1`);
    expect(top.body.hosts).toHaveLength(1);
  });

  test('refuse too many buckets and a span that ends before it begins', async () => {
    const wide = await world.get<Problem>('/v1/stats?since=2000-01-01T00:00:00Z&bucket=minute');
    expect([wide.status, wide.body.field]).toEqual([400, 'bucket']);
    const reverse = await world.get<Problem>(
      `/v1/stats?since=${at('03:00:00')}&until=${at('02:00:00')}`,
    );
    expect([reverse.status, reverse.body.field]).toEqual([400, 'since']);
  });
});

test('an incident has its deaths, its timeline and what it hit', async () => {
  const list = await world.get<{ items: { id: string }[] }>(
    '/v1/incidents?process=nginx&user=alice',
  );
  const [incident] = list.body.items;
  const { body } = await world.get<IncidentDetail>(`/v1/incidents/${incident?.id}`);
  expect(body.members.map(({ pid }) => pid)).toEqual([10, 11]);
  expect(body.timeline.map(({ host, kind }) => [host, kind])).toEqual([
    ['web-3', 'death'],
    ['web-4', 'death'],
    ['web-3', 'gap'],
  ]);
  expect(body.blastRadius).toEqual({
    hosts: ['web-3', 'web-4'],
    units: ['nginx.service'],
    containers: [],
    users: ['www-data'],
  });
  const deaths = await world.pages(`/v1/deaths?incident=${incident?.id}`, 1);
  expect(deaths).toHaveLength(2);
  expect((await world.get<{ items: object[] }>('/v1/incidents?process=java')).body.items).toEqual(
    [],
  );
});

test('a death shows its newest verdict and what it was before', async () => {
  const death = killed({ host: 'db-1', pid: 40, comm: 'postgres', at: at('10:00:00') });
  const bare: Event = { ...death, signals: [] };
  await world.store('db-1', [bare]);
  const before = await world.get<DeathDetail>(`/v1/deaths/${death.id}`);
  expect(before.body).toMatchObject({ revision: 1, history: [], verdict: { cause: 'unknown' } });
  const audit = {
    kind: 'kill-syscall' as const,
    at: at('10:00:00'),
    source: 'audit',
    signal: 'SIGKILL',
    senderPid: 77,
    senderComm: 'kill',
    cmdline: ['kill', '-9', '40'],
    targetPid: 40,
  };
  await world.store('db-1', [event(audit)]);
  const { body } = await world.get<DeathDetail>(`/v1/deaths/${death.id}`);
  expect(body).toMatchObject({
    revision: 2,
    verdict: { cause: 'signal-from-process' },
    actor: { pid: 77 },
    history: [{ revision: 1, verdict: { cause: 'unknown' }, actor: null }],
  });
});
