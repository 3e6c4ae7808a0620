import type { Answer } from '@coroner/schema/http/answer';
import type { DeathPage, HostPage } from '@coroner/schema/http/pages';
import type { Problem } from '@coroner/schema/http/problem';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decode } from '../ingest/decode/decode-message.ts';
import { storeSafely } from '../ingest/store-safely.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createPool, type Pool } from '../store/database.ts';
import { batchOf, heartbeatOf } from '../testing/agent.ts';
import { type DeathFacts, killed } from '../testing/deaths.ts';
import { startPostgres, type TestPostgres } from '../testing/servers/postgres.ts';
import type { Api } from './api-types.ts';
import { buildApi } from './build-api.ts';
import { createFeed } from './feed.ts';

const token = 'secret-of-this-test';
const silent = pino({ level: 'silent' });

let postgres: TestPostgres;
let pool: Pool;
let api: Api;

const deaths: DeathFacts[] = [
  { host: 'web-3', pid: 10, comm: 'nginx', unit: 'nginx.service', at: '2026-08-01T03:00:00Z' },
  { host: 'web-3', pid: 11, comm: 'nginx', unit: 'nginx.service', at: '2026-08-01T12:00:00Z' },
  { host: 'web-4', pid: 12, comm: 'nginx', at: '2026-08-01T12:00:01Z' },
  {
    host: 'db-2',
    pid: 13,
    comm: 'java',
    cmdline: ['/opt/kafka/bin/kafka-run', 'x'],
    exe: '/usr/lib/jvm/bin/java',
    at: '2026-08-01T11:00:00Z',
  },
  {
    host: 'db-2',
    pid: 14,
    comm: 'postmaster',
    exe: '/usr/lib/postgresql/18/bin/postgres',
    cmdline: ['postgres: walwriter'],
    at: '2026-08-01T11:30:00Z',
  },
  {
    host: 'db-2',
    pid: 15,
    comm: 'systemd-resolve',
    exe: '/lib/systemd/systemd-resolved',
    cmdline: ['/lib/systemd/systemd-resolved'],
    at: '2026-08-01T11:31:00Z',
  },
  {
    host: 'db-2',
    pid: 16,
    comm: 'Web Content',
    exe: null,
    cmdline: [],
    at: '2026-08-01T11:32:00Z',
  },
];
let waitingMessages = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = createPool(await postgres.createDatabase(), 'test', () => {});
  for (const facts of deaths)
    await ingest(
      facts.host ?? '',
      `coroner.events.${facts.host}`,
      batchOf(facts.host ?? '', [killed(facts)]),
    );
  await ingest('db-2', 'coroner.heartbeat.db-2', heartbeatOf('db-2'));
  api = await buildApi({
    pool,
    token,
    log: silent,
    metrics: createMetrics(),
    feed: createFeed(),
    troubles: async () => [],
    waitingMessages: () => waitingMessages,
    webhooks: { key: null, networks: [] },
    takeEvents: () => Promise.reject(new Error('this test imports nothing')),
  });
});

afterAll(async () => {
  await api?.close();
  await pool?.end();
  await postgres?.stop();
});

async function ingest(_host: string, subject: string, message: object): Promise<void> {
  const data = Buffer.from(JSON.stringify(message));
  const decoded = decode({ subject, data, receivedAt: new Date().toISOString() });
  expect(decoded.rejects).toEqual([]);
  await storeSafely(pool, [decoded], silent);
}

async function get<Body>(url: string, bearer: string | null = token) {
  const headers = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
  const response = await api.inject({ url, headers });
  return {
    status: response.statusCode,
    type: response.headers['content-type'],
    body: response.json() as Body,
  };
}

const why = (query: Record<string, string>) =>
  get<Answer & Problem>(`/v1/why?${new URLSearchParams(query)}`);

describe('GET /v1/why finds', () => {
  test.each<[string, Record<string, string>, number]>([
    ['the newest by comm, anywhere', { process: 'nginx' }, 12],
    ['by comm on a host', { process: 'nginx', host: 'web-3' }, 11],
    ['by unit', { process: 'nginx.service' }, 11],
    [
      'the nearest to a time, before it',
      { process: 'nginx', host: 'web-3', at: '2026-08-01T03:05:00Z' },
      10,
    ],
    [
      'the nearest to a time, after it',
      { process: 'nginx', host: 'web-3', at: '2026-08-01T11:59:00Z' },
      11,
    ],
    [
      'a time with an offset',
      { process: 'nginx', host: 'web-3', at: '2026-08-01T05:01:00+02:00' },
      10,
    ],
    ['by executable', { process: 'postgres' }, 14],
    ['by a path', { process: '/usr/lib/postgresql/18/bin/postgres' }, 14],
    ['by argv[0]', { process: '/opt/kafka/bin/kafka-run' }, 13],
    ['by the base name of argv[0]', { process: 'kafka-run' }, 13],
    ['a name longer than a comm', { process: 'systemd-resolved' }, 15],
    ['whatever the case', { process: 'NGINX', host: 'web-3' }, 11],
    ['by prefix', { process: 'postm' }, 14],
    ['by substring', { process: 'content' }, 16],
    ['by pid alone', { pid: '13' }, 13],
    ['by pid and name', { process: 'nginx', pid: '10' }, 10],
  ])('%s', async (_what, query, pid) => {
    const { status, body } = await why(query);
    expect(status).toBe(200);
    expect(body.death.pid).toBe(pid);
  });

  test('and lists others that the question could mean', async () => {
    const { body } = await why({ process: 'nginx', host: 'web-3' });
    expect(body.others).toMatchObject([{ host: 'web-3', diedAt: '2026-08-01T03:00:00.000000Z' }]);
  });
});

describe('GET /v1/why says what is nearest', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['to a mistyped name', { process: 'ngnix', host: 'web-3' }, ['web-3', 'web-3']],
    ['on other hosts', { process: 'nginx', host: 'db-2' }, ['web-4', 'web-3', 'web-3']],
    ['of the host when nothing is alike', { process: 'zzz', host: 'web-4' }, ['web-4']],
  ])('%s', async (_what, query, hosts) => {
    const { status, type, body } = await why(query);
    expect(status).toBe(404);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ type: 'urn:coroner:problem:no-such-death', status: 404 });
    expect(body.candidates?.map((candidate) => candidate.host)).toEqual(hosts);
  });

  test('and whose agent was not heard', async () => {
    const unknown = await why({ process: 'zzz', host: 'nowhere' });
    expect(unknown.body.gaps).toEqual(['no agent has reported from nowhere']);
    const heard = await why({ process: 'zzz', host: 'db-2' });
    expect(heard.body.gaps).toEqual([]);
  });

  test('and whose past is not read yet', async () => {
    const sources = [{ source: 'backfill', state: 'available' as const, why: '', percent: 40 }];
    const says = (beat: object) => ingest('db-2', 'coroner.heartbeat.db-2', beat);
    await says(heartbeatOf('db-2', { sources }));
    const { body } = await why({ process: 'zzz', host: 'db-2' });
    await says(heartbeatOf('db-2'));
    expect(body.gaps).toEqual([
      'the agent of db-2 still reads what the host remembers from before it: 40 % are read',
    ]);
  });
});

describe('wrong requests', () => {
  test.each<[string, string, string]>([
    ['nothing asked', '/v1/why', 'process'],
    ['an unknown parameter', '/v1/why?process=x&hots=y', 'hots'],
    ['no number', '/v1/why?pid=abc', 'pid'],
    ['a pid that no Linux has', '/v1/why?pid=99999999999', 'pid'],
    ['no time', '/v1/why?process=x&at=yesterday', 'at'],
    ['a time out of range', '/v1/why?process=x&at=9999-01-01T00:00:00Z', 'at'],
    ['a NUL', '/v1/why?process=a%00b', 'process'],
    ['an unknown cause', '/v1/deaths?cause=boredom', 'cause'],
    ['a limit too large', '/v1/deaths?limit=5000', 'limit'],
    ['a forged cursor', '/v1/deaths?cursor=bm9uc2Vuc2U', 'cursor'],
    ['a parameter of another list', '/v1/hosts?cause=crash', 'cause'],
  ])('%s: 400 names the field', async (_what, url, field) => {
    const { status, body } = await get<Problem>(url);
    expect({ status, field: body.field }).toEqual({ status: 400, field });
    expect(body.type).toBe('urn:coroner:problem:bad-request');
  });

  test.each([null, 'wrong', `${token}x`])('token %s: 401', async (bearer) => {
    const { status, type, body } = await get<Problem>('/v1/why?process=nginx', bearer);
    expect(status).toBe(401);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(body.type).toBe('urn:coroner:problem:unauthorized');
  });

  test('what is not there: 404', async () => {
    expect((await get<Problem>('/v1/nonsense')).body.type).toBe('urn:coroner:problem:not-found');
    expect((await get<Problem>('/v1/deaths/nobody')).status).toBe(404);
    expect((await get<Problem>('/v1/incidents/nobody')).status).toBe(404);
  });

  test('a body that is no JSON: 400', async () => {
    const response = await api.inject({
      method: 'POST',
      url: '/v1/claims',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      payload: '{',
    });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  });
});

describe('lists', () => {
  const pids = (body: { items: { pid: number }[] }) => body.items.map((item) => item.pid);

  test('are paged without gaps or repetitions, newest first', async () => {
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await get<{ items: { pid: number }[]; next: string | null }>(
        `/v1/deaths?limit=2${more}`,
      );
      seen.push(...pids(body));
      cursor = body.next;
    }
    expect(seen).toEqual([12, 11, 16, 15, 14, 13, 10]);
  });

  test.each([
    ['host=web-3', [11, 10]],
    ['process=nginx&until=2026-08-01T12:00:00Z', [11, 10]],
    ['user=alice&host=db-2&since=2026-08-01T11:30:30Z', [16, 15]],
    ['cause=crash', []],
  ])('deaths?%s', async (query, expected) => {
    const { body } = await get<{ items: { pid: number }[] }>(`/v1/deaths?${query}`);
    expect(pids(body)).toEqual(expected);
  });

  test('events, hosts, incidents and one of each', async () => {
    const events = await get<{ items: { kind: string; id: string }[] }>(
      '/v1/events?host=db-2&kind=death&limit=3',
    );
    expect(events.body.items).toHaveLength(3);
    const hosts = await get<{ items: object[] }>('/v1/hosts');
    expect(hosts.body.items).toMatchObject([{ host: 'db-2', kernel: '6.18.0', silent: false }]);
    const incidents = await get<{ items: { id: string; deathId: string }[] }>(
      '/v1/incidents?host=web-4',
    );
    const [incident] = incidents.body.items;
    const one = await get<{ answer: Answer }>(`/v1/incidents/${incident?.id}`);
    expect(one.body.answer.death.id).toBe(incident?.deathId);
    expect((await get<Answer>(`/v1/deaths/${incident?.deathId}`)).body).toMatchObject(
      one.body.answer,
    );
  });
});

test('health and metrics need no token', async () => {
  expect((await get('/healthz', null)).status).toBe(200);
  expect((await get('/readyz', null)).status).toBe(200);
  const metrics = await api.inject('/metrics');
  expect(metrics.body).toContain('coroner_hub_events_total');
});

test('the nearest are one death an incident, with how far behind the hub is', async () => {
  const [host, at] = ['storm-1', '2026-08-01T05:00:00.000000Z'];
  const storm = Array.from({ length: 20 }, (_, index) =>
    killed({ host, at, pid: 7000 + index, comm: 'worker' }),
  );
  await ingest(host, `coroner.events.${host}`, batchOf(host, storm));
  await ingest(
    host,
    `coroner.events.${host}`,
    batchOf(host, [
      killed({
        host,
        at,
        pid: 6999,
        comm: 'crond',
        killer: { pid: 777, startUs: 7, comm: 'other', cmdline: ['other'] },
      }),
    ]),
  );
  waitingMessages = 5000;
  const { body } = await why({ process: 'zzz', host });
  waitingMessages = 0;
  expect(body.candidates?.map(({ comm }) => comm).sort()).toEqual(['crond', 'worker']);
  expect(body.gaps?.at(-1)).toContain('5000 messages');
});

test('a host is known in another case, and by its full name for its short one', async () => {
  for (const host of ['web-3', 'web-4'])
    await ingest(host, `coroner.heartbeat.${host}`, heartbeatOf(host));
  for (const host of ['WEB-3', 'web-3.example.com', 'web-3']) {
    const { body } = await why({ process: 'nginx', host });
    expect([host, body.death?.pid]).toEqual([host, 11]);
  }
  expect((await why({ process: 'nginx', host: 'web' })).status).toBe(404);
  const deathsThere = await get<DeathPage>('/v1/deaths?host=Web-4');
  expect(deathsThere.body.items.map(({ host }) => host)).toEqual(['web-4']);
  const hosts = await get<HostPage>('/v1/hosts?host=DB-2');
  expect(hosts.body.items.map(({ host }) => host)).toEqual(['db-2']);
});
