import type { AlertRoute, RouteAnswer } from '@coroner/schema/http/alert-routes';
import type { Answer } from '@coroner/schema/http/answer';
import type { Problem } from '@coroner/schema/http/problem';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { takeDue } from '../store/incidents/outbox.ts';
import { enqueueDue } from '../store/routes/destinations.ts';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';
import { settle } from './settle.ts';

let world: StoredApi;
let victims = 0;
const headers = { authorization: 'Bearer secret-of-this-test' };
const nights = { timeZone: 'Europe/Berlin', from: '22:00', to: '07:00' };
const evening = Date.parse('2026-11-23T22:00:00Z');
const morning = Date.parse('2026-11-24T06:00:00Z');

beforeAll(async () => {
  world = await startStoredApi();
});
afterAll(() => world?.stop());
afterEach(() => world.pool.query('truncate alert_routes, alert_destinations, outbox'));

const add = async (route: object): Promise<AlertRoute> => {
  const { status, body } = await world.post<AlertRoute>('/v1/alert-routes', {
    ...{ name: 'a route' },
    ...route,
  });
  expect(status).toBe(200);
  return body;
};
const change = (id: string, method: 'PUT' | 'DELETE', payload?: object) =>
  world.api.inject({ method, url: `/v1/alert-routes/${id}`, headers, ...(payload && { payload }) });

/** A program that dies, once more with each call: one incident. */
function program(host = 'web-3') {
  victims += 1;
  const first = victims * 1_000;
  const comm = `victim-${victims}`;
  const killer = { pid: victims, startUs: victims, cmdline: [comm], user: comm };
  let died = 0;
  return {
    async die(at?: string) {
      died += 1;
      await world.store(host, [
        killed({ host, comm, pid: first + died, killer, ...(at && { at }) }),
      ]);
    },
    async incidentId() {
      const { body } = await world.get<Answer>(`/v1/why?process=${comm}`);
      return body.related.incidentId ?? '';
    },
  };
}

/** What the hub would tell the stream now of what waits in the outbox. */
async function told(nowMs = Date.now()) {
  await world.pool.query(`update outbox set due_at = now(), lease_until = null`);
  const channels: (string | null)[][] = [];
  for (const incident of await takeDue(world.pool)) {
    const all = await settle(world.pool, incident, nowMs);
    channels.push((all ?? [{ channel: null }]).map(({ channel }) => channel));
  }
  await world.pool.query('delete from outbox');
  return channels;
}

test('a route is stored, listed in its order, replaced and removed; a repeated request makes one', async () => {
  const id = '0b5a54a8-4c4b-4a5c-9a3e-0f4f2d5a7b11';
  const first = await add({
    id,
    channel: 'CWEB',
    match: { hosts: ['web-*'] },
    mentions: ['UALICE'],
  });
  expect(first).toMatchObject({ id, order: 100, continue: false, match: { hosts: ['web-*'] } });
  expect(await add({ id, channel: 'CWEB' })).toEqual(first);
  const early = await add({ channel: 'UBOB', order: 1, owner: 'UBOB', quietHours: nights });
  const list = async (query = '') =>
    (await world.get<{ items: AlertRoute[] }>(`/v1/alert-routes${query}`)).body.items;
  expect((await list()).map((route) => route.id)).toEqual([early.id, id]);
  expect(await list('?owner=UBOB')).toEqual([early]);
  const replaced = await change(id, 'PUT', { name: 'other', channel: 'CDB' });
  expect(replaced.json()).toMatchObject({ id, name: 'other', match: {}, mentions: [] });
  expect((await change(id, 'DELETE')).statusCode).toBe(200);
  expect((await change(id, 'DELETE')).statusCode).toBe(404);
  expect((await change(id, 'PUT', { name: 'other', channel: 'CDB' })).statusCode).toBe(404);
  expect(await list()).toEqual([early]);
});

test.each<[string, object]>([
  ['name', { name: ' ' }],
  ['name', { name: 'a\0b' }],
  ['channel', { channel: '#alerts' }],
  ['channel', { channel: undefined }],
  ['mentions.0', { mentions: ['<!channel>'] }],
  ['match.hosts', { match: { hosts: [] } }],
  ['match.labels.0', { match: { labels: ['web'] } }],
  ['match.causes.0', { match: { causes: ['bad-luck'] } }],
  ['match.minSeverity', { match: { minSeverity: 'high' } }],
  ['hots', { match: { hots: ['web'] } }],
  ['quietHours.timeZone', { quietHours: { ...nights, timeZone: 'Mars' } }],
  ['quietHours.from', { quietHours: { ...nights, from: '24:00' } }],
  ['threshold.deaths', { threshold: { deaths: 1, seconds: 60 } }],
  ['owner', { owner: 'alice' }],
])('a route with a wrong %s is refused: %j', async (field, route) => {
  const body = { name: 'a route', channel: 'CWEB', ...route };
  const answer = await world.post<Problem>('/v1/alert-routes', body);
  expect([answer.status, answer.body.field]).toEqual([400, field]);
});

test('it says which routes an incident takes and why, also of one that nobody saw', async () => {
  const { name } = await add({ name: 'web', channel: 'CWEB', match: { hosts: ['web-*'] } });
  await add({ name: 'nights', channel: 'CDB', match: { hosts: ['db-*'] }, quietHours: nights });
  const ask = (body: object) => world.post<RouteAnswer>('/v1/alert-routes/test', body);
  const one = program();
  await one.die();
  const { body } = await ask({ incidentId: await one.incidentId() });
  expect(body).toMatchObject({
    severity: 'warning',
    routes: [
      { name, takes: true },
      { takes: false, because: 'none of its hosts fits' },
    ],
    destinations: [{ channel: 'CWEB', post: 'now' }],
  });
  const imagined = { host: 'db-1', at: new Date(evening).toISOString() };
  expect((await ask(imagined)).body.destinations).toMatchObject([
    { channel: 'CDB', post: 'later', at: new Date(morning).toISOString() },
  ]);
  expect((await ask({ ...imagined, cause: 'oom-host' })).body).toMatchObject({
    severity: 'critical',
    destinations: [{ post: 'now' }],
  });
  expect((await ask({ incidentId: 'none' })).status).toBe(404);
  expect((await ask({})).status).toBe(400);
});

test('an incident goes where its route says, and once it is there it stays', async () => {
  const one = program();
  await one.die();
  expect(await told()).toEqual([[null]]);
  await world.pool.query('update incidents set published_at = now()');
  const route = await add({ channel: 'CWEB', match: { hosts: ['web-*'] } });
  const other = program();
  await other.die();
  expect(await told()).toEqual([['CWEB']]);
  await one.die();
  expect((await told()).map((channels) => channels.sort())).toEqual([['CWEB', null]]);
  await change(route.id, 'PUT', { name: 'moved', channel: 'COPS' });
  await other.die();
  expect(await told()).toEqual([['CWEB', 'COPS']]);
});

test('quiet hours hold it, and it grows unseen; their end tells it once, in its newest state', async () => {
  await add({ channel: 'CWEB', quietHours: nights });
  const one = program();
  await one.die();
  expect(await told(evening)).toEqual([[]]);
  await one.die();
  expect(await told(evening)).toEqual([[]]);
  expect(await told(morning)).toEqual([]);
  await world.pool.query(`update alert_destinations set due_at = now() - interval '1 second'`);
  await enqueueDue(world.pool);
  await enqueueDue(world.pool);
  expect(await told(morning)).toEqual([['CWEB']]);
  await enqueueDue(world.pool);
  expect(await told(morning)).toEqual([]);
});

test('a hub that dies between the end of quiet hours and the stream loses nothing', async () => {
  await add({ channel: 'CWEB', quietHours: nights });
  const one = program();
  await one.die();
  await told(evening);
  await world.pool.query(`update alert_destinations set due_at = now()`);
  await enqueueDue(world.pool);
  const [taken] = await takeDue(world.pool);
  if (taken) await settle(world.pool, taken, morning);
  expect(await told(morning)).toEqual([['CWEB']]);
});

test('what becomes critical in quiet hours does not wait', async () => {
  await add({ channel: 'CWEB', quietHours: nights });
  const one = program();
  await one.die();
  expect(await told(evening)).toEqual([[]]);
  for (let more = 1; more < 25; more += 1) await one.die();
  expect(await told(evening)).toEqual([['CWEB']]);
});

test('a route that changes takes along what waits, and what nothing takes is told to the bot', async () => {
  const route = await add({ channel: 'CWEB', quietHours: nights });
  const one = program();
  await one.die();
  await told(evening);
  await change(route.id, 'DELETE');
  await enqueueDue(world.pool);
  expect(await told(evening)).toEqual([[null]]);
});

test('below its threshold it stays in history; with the death that reaches it, it is told', async () => {
  await add({ channel: 'CWEB', threshold: { deaths: 3, seconds: 60 } });
  const one = program();
  const at = (seconds: number) => new Date(Date.now() - 100_000 + seconds * 1000).toISOString();
  await one.die(at(0));
  await one.die(at(10));
  expect(await told()).toEqual([[]]);
  const { body } = await world.get<{ deaths: number }>(`/v1/incidents/${await one.incidentId()}`);
  expect(body.deaths).toBe(2);
  await one.die(at(20));
  expect(await told()).toEqual([['CWEB']]);
});

test('one that is resolved comes to no further channel', async () => {
  await add({ channel: 'CWEB' });
  const one = program();
  await one.die();
  expect(await told()).toEqual([['CWEB']]);
  await add({ channel: 'COPS', order: 1, continue: true });
  const id = await one.incidentId();
  await world.post(`/v1/incidents/${id}/actions`, { id: 'resolve-1', kind: 'resolve' });
  expect(await told()).toEqual([['CWEB']]);
  await world.post(`/v1/incidents/${id}/actions`, { id: 'reopen-01', kind: 'reopen' });
  expect(await told()).toEqual([['CWEB', 'COPS']]);
});

test('two that wait and turn out to be one come as one, and neither is lost', async () => {
  await add({ channel: 'CWEB', quietHours: nights });
  const cmdline = ['pkill', 'of-two'];
  const die = (host: string, pid: number, killer: object) =>
    world.store(host, [killed({ host, comm: 'of-two', pid, killer })]);
  await die('merge-1', 90_001, { startUs: 90_001, cmdline: ['pkill', 'one'] });
  await die('merge-2', 90_002, { startUs: 90_002, cmdline });
  expect(await told(evening)).toEqual([[], []]);
  await die('merge-1', 90_003, { startUs: 90_001, cmdline });
  expect(await told(evening)).toEqual([[]]);
  await world.pool.query(`update alert_destinations set due_at = now()`);
  await enqueueDue(world.pool);
  expect(await told(morning)).toEqual([['CWEB']]);
});
