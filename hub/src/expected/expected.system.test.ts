import type { Answer } from '@coroner/schema/http/answer';
import type { ExpectedRule } from '@coroner/schema/http/expected';
import type { DeathRow } from '@coroner/schema/http/pages';
import type { Problem } from '@coroner/schema/http/problem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;

beforeAll(async () => {
  world = await startStoredApi();
});
afterAll(() => world?.stop());

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const announced = { reason: 'release 42', author: 'alice', label: 'deploy' };
const waiting = async () => (await world.pool.query('select incident_id from outbox')).rows;

test('what is announced stays in history, is marked, and alerts nobody; the rest alerts', async () => {
  const added = await world.post<ExpectedRule>('/v1/expected', {
    ...announced,
    process: 'nginx',
    until: inAnHour(),
  });
  expect(added).toMatchObject({ status: 200, body: { ...announced, removedAt: null } });
  const expected = killed({ pid: 10 });
  await world.store('web-3', [expected]);
  expect(await waiting()).toEqual([]);
  const { body } = await world.get<Answer>('/v1/why?process=nginx');
  expect(body.expected).toEqual({ ruleId: added.body.id, ...announced });
  const list = await world.get<{ items: DeathRow[] }>('/v1/deaths');
  expect(list.body.items[0]?.expected?.reason).toBe('release 42');

  await world.store('web-3', [killed({ pid: 11, comm: 'postgres' })]);
  expect(await waiting()).toEqual([{ incident_id: body.related.incidentId }]);
});

test('a rule that was removed explains what was before, and nothing after', async () => {
  const listed = await world.get<{ items: ExpectedRule[] }>('/v1/expected');
  const [rule] = listed.body.items;
  const headers = { authorization: 'Bearer secret-of-this-test' };
  const url = `/v1/expected/${rule?.id}`;
  const removed = await world.api.inject({ method: 'DELETE', url, headers });
  expect(removed.statusCode).toBe(200);
  expect((await world.get<{ items: object[] }>('/v1/expected')).body.items).toEqual([]);
  expect((await world.get<{ items: object[] }>('/v1/expected?all=true')).body.items).toHaveLength(
    1,
  );
  await world.store('web-3', [killed({ pid: 12 })]);
  const { body } = await world.get<{ items: DeathRow[] }>('/v1/deaths?process=nginx');
  expect(body.items.map(({ pid, expected }) => [pid, expected?.reason ?? null])).toEqual([
    [12, null],
    [10, 'release 42'],
  ]);
});

test.each<[string, object]>([
  ['process', { until: '2199-01-01T00:00:00Z' }],
  ['process', { host: 'web-3' }],
  ['process', { hostLabel: 'role=web' }],
  ['hostLabel', { process: 'nginx', hostLabel: 'web' }],
  ['process', { process: '**?' }],
  ['until', { process: 'nginx' }],
  ['until', { process: 'nginx', until: '2020-01-01T00:00:00Z' }],
  ['until', { process: 'nginx', until: '2199-01-01T00:00:00Z' }],
  ['reason', { process: 'nginx', reason: ' ' }],
  ['author', { process: 'nginx', author: undefined }],
  ['window.schedule', { process: 'nginx', window: { schedule: 'x', minutes: 5, timeZone: 'UTC' } }],
  [
    'window.timeZone',
    { process: 'nginx', window: { schedule: '0 2 * * *', minutes: 5, timeZone: 'Mars' } },
  ],
  ['hots', { process: 'nginx', hots: 'web-3' }],
])('a rule with a wrong %s is refused: %j', async (field, rule) => {
  const until = 'until' in rule || field === 'until' ? {} : { until: inAnHour() };
  const { status, body } = await world.post<Problem>('/v1/expected', {
    ...announced,
    ...until,
    ...rule,
  });
  expect([status, body.field]).toEqual([400, field]);
});

test('a request that is repeated makes one rule', async () => {
  const id = '0b5a54a8-4c4b-4a5c-9a3e-0f4f2d5a7b11';
  const body = { ...announced, id, unit: 'nginx*', until: inAnHour() };
  for (const _ of [1, 2]) expect((await world.post('/v1/expected', body)).status).toBe(200);
  expect((await world.get<{ items: object[] }>('/v1/expected')).body.items).toHaveLength(1);
});
