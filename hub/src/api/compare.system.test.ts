import type { ComparedPage, ComparedRow } from '@coroner/schema/http/compare';
import type { Problem } from '@coroner/schema/http/problem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;
const dayMs = 86_400_000;
const until = new Date(Math.floor(Date.now() / 1000) * 1000);
const ago = (days: number) => new Date(until.getTime() - days * dayMs).toISOString();

beforeAll(async () => {
  world = await startStoredApi();
  let pid = 100;
  const die = (host: string, comm: string, user: string, days: number, count: number) =>
    world.store(
      host,
      Array.from({ length: count }, () =>
        killed({
          ...{ host, comm, pid: pid++, at: ago(days) },
          killer: { pid: 900, startUs: 900_000 + pid, cmdline: ['zap'], user },
        }),
      ),
    );
  await die('web-1', 'nginx', 'alice', 0.5, 4);
  await die('web-1', 'nginx', 'alice', 1.5, 1);
  await die('web-2', '=cmd|x', 'alice', 0.2, 2);
  await die('db-1', 'java', 'bob', 1.5, 3);
  await die('db-1', 'java', 'bob', 7.5, 1);
  // A period has its beginning and not its end.
  await die('edge-1', 'first', 'eve', 1, 1);
  await die('edge-1', 'last', 'eve', 0, 1);
  for (const host of ['web-1', 'web-2', 'db-1', 'edge-1']) await watch(host, ago(30));
});
afterAll(() => world?.stop());

/** An agent with the kernel's records, from then on; heard just now, or up to a time. */
async function watch(host: string, since: string, heard = new Date().toISOString()) {
  const sources = JSON.stringify([{ source: 'probe', state: 'available', why: '' }]);
  await world.pool.query(
    `insert into hosts (host, last_seen_at, heartbeat_at) values ($1, $2, $2)
     on conflict (host) do update set last_seen_at = $2, heartbeat_at = $2`,
    [host, heard],
  );
  await world.pool.query(`insert into host_watches (host, since, sources) values ($1, $2, $3)`, [
    ...[host, since, sources],
  ]);
}

const compare = (query: string) =>
  world.get<ComparedPage & Problem>(
    `/v1/compare?since=${ago(1)}&until=${until.toISOString()}${query}`,
  );
const short = ({ by, name, count, before, state }: ComparedRow) =>
  `${by} ${name} ${before}->${count} ${state}`;

test('a day against the one before it: what is new, gone, and changed most', async () => {
  const { status, body } = await compare('');
  expect(status).toBe(200);
  const watched = { share: 1, hosts: 4, throughout: 4 };
  expect(body.period).toEqual({ since: ago(1), until: until.toISOString(), watched });
  expect(body.before).toEqual({ since: ago(2), until: ago(1), watched });
  expect(body.items.map(short)).toEqual([
    'all all 4->7 more',
    'actor alice 1->6 more',
    'cause signal-from-process 4->7 more',
    'host web-1 1->4 more',
    'program nginx 1->4 more',
    'actor bob 3->0 gone',
    'host db-1 3->0 gone',
    'program java 3->0 gone',
    'host web-2 0->2 new',
    'program =cmd|x 0->2 new',
    'actor eve 0->1 new',
    'host edge-1 0->1 new',
    'program first 0->1 new',
  ]);
});

test('the same hours a week earlier, a period of one’s own, one kind of names, and filters', async () => {
  const week = await compare('&with=week-before&by=host');
  expect(week.body.before).toMatchObject({ since: ago(8), until: ago(7) });
  expect(week.body.items.map(short)).toContain('host db-1 1->0 gone');
  expect(new Set(week.body.items.map(({ by }) => by))).toEqual(new Set(['host']));
  const own = await compare(`&since2=${ago(8)}&until2=${ago(1)}&process=java`);
  expect(own.body.items.map(short)).toEqual([
    'all all 4->0 gone',
    'actor bob 4->0 gone',
    'cause signal-from-process 4->0 gone',
    'host db-1 4->0 gone',
    'program java 4->0 gone',
  ]);
  expect((await compare('&cause=oom-host')).body.items.map(short)).toEqual(['all all 0->0 same']);
});

test('is read in pages of the same periods, and as CSV', async () => {
  const all = (await compare('')).body.items;
  const paged: ComparedRow[] = [];
  const { body: first } = await world.get<ComparedPage>('/v1/compare?limit=5');
  let next = (await compare('&limit=4')).body;
  paged.push(...next.items);
  while (next.next !== null) {
    next = (await compare(`&limit=4&cursor=${next.next}`)).body;
    paged.push(...next.items);
  }
  expect(paged).toEqual(all);
  const { body } = await world.get<ComparedPage>(`/v1/compare?limit=5&cursor=${first.next}`);
  expect([body.period, body.before]).toEqual([first.period, first.before]);
  const response = await world.api.inject({
    url: `/v1/compare?since=${ago(1)}&until=${until.toISOString()}`,
    headers: { authorization: 'Bearer secret-of-this-test', accept: 'text/csv' },
  });
  const lines = response.body.trimEnd().split('\r\n');
  expect(lines[0]).toBe('by,name,count,before,change,state,unwatched');
  expect(lines).toHaveLength(all.length + 1);
  expect(response.body).toContain("program,'=cmd|x,2,0,2,new,");
});

test('calls nothing new where nobody watched before, and nothing gone where nobody watches now', async () => {
  const nearby = 0.01;
  const { body: unwatched } = await compare('&host=web-9');
  expect(unwatched.before.watched).toEqual({ share: 0, hosts: 0, throughout: 0 });
  expect(unwatched.items.map(short)).toEqual(['all all 0->0 not-known']);
  await world.store('web-9', [killed({ host: 'web-9', comm: 'varnishd', pid: 9, at: ago(0.5) })]);
  await watch('web-9', ago(1));
  const late = (await compare('&host=web-9')).body;
  expect(late.period.watched).toEqual({ share: 1, hosts: 1, throughout: 1 });
  expect(late.before.watched).toEqual({ share: 0, hosts: 1, throughout: 0 });
  expect(late.items.map(({ state }) => state)).toEqual(late.items.map(() => 'not-known'));
  expect(late.items.map(({ unwatched: when }) => when)).toEqual(late.items.map(() => 'before'));
  // Of the fleet it is not new either, for all that others were watched.
  const fleet = (await compare('')).body;
  expect(fleet.items.map(short)).toContain('program varnishd 0->1 not-known');
  expect(fleet.items.map(short)).toContain('host web-2 0->2 new');
  expect(fleet.before.watched).toEqual({ share: 0.8, hosts: 5, throughout: 4 });
  // Its agent was away for a part of the earlier period.
  await world.pool.query(`update host_watches set since = $1 where host = 'web-9'`, [ago(3)]);
  expect((await compare('&host=web-9')).body.items.map(short)).toContain(
    'program varnishd 0->1 new',
  );
  const gap = (of: string, source: string, from: number, to: number) =>
    world.store('web-9', [
      {
        ...{ kind: 'gap', id: `gap-${of}-${source}-${from}`, at: ago(to), of, lost: null },
        ...{ source, since: ago(from), until: ago(to), reason: 'of this test' },
      } as Parameters<typeof world.store>[1][number],
    ]);
  // A log that was not read, and an agent that ran on and was not heard, lose no death.
  await gap('logs', 'log', 2, 1.5);
  await gap('agent', 'hub', 2, 1.6);
  expect((await compare('&host=web-9')).body.before.watched?.share).toBe(1);
  await gap('agent', 'agent', 1.5, 1.25);
  const { body: partly } = await compare('&host=web-9');
  expect(partly.before.watched?.share).toBeCloseTo(0.75, 3);
  expect(partly.items.map(short)).toContain('program varnishd 0->1 not-known');
  // It falls silent: what is fewer now may only be unseen.
  await world.store('web-9', [
    killed({ host: 'web-9', comm: 'old', pid: 10, at: ago(1 + nearby) }),
  ]);
  await world.pool.query(
    `update hosts set last_seen_at = $1, heartbeat_at = $1 where host = 'web-9'`,
    [ago(0.4)],
  );
  const gone = (await compare('&host=web-9')).body;
  expect(gone.period.watched?.throughout).toBe(0);
  expect(gone.items.map(short)).toContain('program old 1->0 not-known');
  expect(gone.items.find(({ name }) => name === 'old')?.unwatched).toBe('both');
});

test.each([
  [`since2=2026-01-01T00:00:00Z`, 'until2'],
  [`until2=2026-01-01T00:00:00Z`, 'since2'],
  [`since2=2026-01-02T00:00:00Z&until2=2026-01-01T00:00:00Z`, 'since2'],
  [`with=previous&since2=2026-01-01T00:00:00Z&until2=2026-01-02T00:00:00Z`, 'with'],
  ['with=yesterday', 'with'],
  ['since=2020-01-01T00:00:00Z', 'since'],
  ['by=weather', 'by'],
  ['cursor=WyJhIiwiYiIsImMiXQ', 'cursor'],
])('a wrong period is refused by its field: %s', async (query, field) => {
  const { status, body } = await world.get<Problem>(`/v1/compare?${query}`);
  expect([status, body.field]).toEqual([400, field]);
});
