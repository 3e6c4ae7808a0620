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
});
afterAll(() => world?.stop());

const compare = (query: string) =>
  world.get<ComparedPage & Problem>(
    `/v1/compare?since=${ago(1)}&until=${until.toISOString()}${query}`,
  );
const short = ({ by, name, count, before, state }: ComparedRow) =>
  `${by} ${name} ${before}->${count} ${state}`;

test('a day against the one before it: what is new, gone, and changed most', async () => {
  const { status, body } = await compare('');
  expect(status).toBe(200);
  expect(body.before).toEqual({ since: ago(2), until: ago(1) });
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
  expect(week.body.before).toEqual({ since: ago(8), until: ago(7) });
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
  expect(lines[0]).toBe('by,name,count,before,change,state');
  expect(lines).toHaveLength(all.length + 1);
  expect(response.body).toContain("program,'=cmd|x,2,0,2,new");
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
