import { randomUUID } from 'node:crypto';
import type {
  CreatedWebhook,
  Delivery,
  DeliveryPage,
  NewWebhook,
  Webhooks,
} from '@coroner/schema/http/webhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { killed } from '../testing/deaths.ts';
import { ask } from '../testing/hub.ts';
import { type HubProcess, startHubProcess } from '../testing/hub-process.ts';
import { type Receiver, startReceiver } from '../testing/receiver.ts';
import { until } from '../testing/until.ts';
import { startWorld, type World } from '../testing/world.ts';

const settings = {
  CORONER_WEBHOOK_KEY: 'of this test, as long as it has to be',
  CORONER_WEBHOOK_NETWORKS: '127.0.0.0/8',
};

let world: World;
let hubs: HubProcess[];
let receiver: Receiver;
const receivers: Receiver[] = [];

const startHubs = (count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      startHubProcess(world.nats.url, world.databaseUrl, settings),
    ),
  );

beforeAll(async () => {
  world = await startWorld();
  hubs = await startHubs(2);
});
afterAll(async () => {
  for (const hub of hubs ?? []) await hub.end('SIGTERM');
  await world?.stop();
});
beforeEach(async () => {
  receiver = await newReceiver();
});
afterEach(async () => {
  await world.pool.query('delete from webhooks; delete from webhook_deliveries');
  for (const one of receivers.splice(0)) await one.stop();
});

async function newReceiver(): Promise<Receiver> {
  const one = await startReceiver();
  receivers.push(one);
  return one;
}

const send = <Body>(method: string, path: string, body?: object) =>
  ask<Body>(hubs.at(-1)?.address ?? '', path, method, body);

async function add(to: Receiver, more: Partial<z.input<typeof NewWebhook>> = {}) {
  const wanted = { name: 'ops', url: to.url, ...more };
  const { status, body } = await send<CreatedWebhook>('POST', '/v1/webhooks', wanted);
  expect(status).toBe(200);
  to.secret = body.secret;
  return body;
}

/** A death that is an incident of its own on this host. */
const kill = (host: string, pid: number, user = `user-of-${host}`) =>
  world.agent.publish(host, [killed({ host, pid, killer: { user, startUs: 7, pid: 77 } })]);

const deliveries = async (id: string): Promise<Delivery[]> =>
  (await ask<DeliveryPage>(hubs.at(-1)?.address ?? '', `/v1/webhooks/${id}/deliveries`)).body.items;
const allEnded = (id: string, count: number) =>
  until(
    () => deliveries(id),
    (all) => all.length >= count && all.every(({ state }) => state !== 'waiting'),
  );
const received = (one: Receiver, count: number) =>
  until(
    () => one.received,
    (all) => all.length >= count,
  );
/** As if all waits and leases were over. */
const hasten = () =>
  world.pool.query(`
    update webhook_deliveries set due_at = now(), lease_until = null where state = 'waiting'`);

test('an incident is told as it begins, grows and ends, signed and in order', async () => {
  const { id } = await add(receiver, { match: { hosts: ['grows-*'] } });
  await kill('elsewhere', 1);
  await kill('grows-1', 1);
  const [first] = await received(receiver, 1);
  expect(first).toMatchObject({
    verified: true,
    message: { type: 'incident.created', data: { hosts: ['grows-1'], severity: 'warning' } },
  });
  await kill('grows-1', 2);
  await received(receiver, 2);
  const incidentId = first?.message?.data.incidentId;
  const resolved = { id: randomUUID(), kind: 'resolve' };
  await send('POST', `/v1/incidents/${incidentId}/actions`, resolved);
  await received(receiver, 3);
  expect(receiver.received.map(({ message }) => message?.type)).toEqual([
    ...['incident.created', 'incident.updated', 'incident.resolved'],
  ]);
  expect(receiver.received.every(({ verified }) => verified)).toBe(true);
  expect(receiver.received.at(-1)?.message?.data).toMatchObject({
    ...{ incidentId, deaths: 2, state: { status: 'resolved' } },
  });
  const revisions = receiver.received.map(({ message }) => message?.data.revision ?? 0);
  expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
  expect(await allEnded(id, 3)).toHaveLength(3);
});

test('what failed is sent again under its id, also by the next hub after a kill -9', async () => {
  const { id } = await add(receiver, { match: { hosts: ['again'] } });
  receiver.answer = (response) =>
    void response.writeHead(503, { 'retry-after': '3600' }).end('later');
  await kill('again', 1);
  const [failed] = await until(
    () => deliveries(id),
    (all) => all[0]?.status === 503,
  );
  expect(failed).toMatchObject({ state: 'waiting', attempts: 1, reason: 'it answered 503' });
  const waitMs = Date.parse(failed?.nextAttemptAt ?? '') - Date.parse(failed?.lastAttemptAt ?? '');
  expect(waitMs).toBeGreaterThan(3_500_000);

  receiver.answer = () => {
    // It hangs, and the hubs are killed in the middle.
  };
  await hasten();
  await received(receiver, 2);
  await Promise.all(hubs.map((hub) => hub.end('SIGKILL')));
  receiver.answer = (response) => void response.writeHead(200).end('ok');
  hubs = await startHubs(2);
  await hasten();
  expect(await allEnded(id, 1)).toMatchObject([
    { state: 'delivered', attempts: 3, status: 200, reason: null },
  ]);
  expect(new Set(receiver.received.map((one) => one.id)).size).toBe(1);
  expect(receiver.received.every(({ verified }) => verified)).toBe(true);
});

test('several hubs send each message once, and a dead receiver delays no other', async () => {
  const dead = await newReceiver();
  dead.answer = () => {
    // Never.
  };
  await add(dead, { name: 'dead' });
  const { id } = await add(receiver, { match: { hosts: ['many-*'] } });
  const hosts = Array.from({ length: 40 }, (_, index) => `many-${index}`);
  await Promise.all(hosts.map((host, index) => kill(host, index + 1)));
  const created = () =>
    receiver.received.filter(({ message }) => message?.type === 'incident.created');
  await until(created, (all) => all.length >= hosts.length);
  await allEnded(id, hosts.length);
  expect(new Set(created().flatMap(({ message }) => message?.data.hosts)).size).toBe(hosts.length);
  expect(new Set(receiver.received.map((one) => one.id)).size).toBe(receiver.received.length);
  expect((await deliveries(id)).every(({ attempts }) => attempts === 1)).toBe(true);
});

test('who answers 410 is switched off, and what waits stays', async () => {
  const { id } = await add(receiver, { match: { hosts: ['gone'] } });
  receiver.answer = (response) => void response.writeHead(410).end();
  await kill('gone', 1);
  const off = await until(
    async () => (await send<Webhooks>('GET', '/v1/webhooks')).body.items,
    ([webhook]) => webhook?.state === 'off',
  );
  expect(off).toMatchObject([{ id, offBecause: 'it answered 410', waiting: 1, failed: 0 }]);
  expect(await deliveries(id)).toMatchObject([
    { state: 'waiting', status: 410, attempts: 1, nextAttemptAt: null },
  ]);
  const before = receiver.received.length;
  await kill('gone', 2);
  await until(
    () => world.count(`select count(*) from deaths where host = 'gone'`),
    (count) => count === 2,
  );
  await until(
    () => world.count('select count(*) from outbox'),
    (count) => count === 0,
  );
  expect(receiver.received).toHaveLength(before);
  expect(await send('POST', `/v1/webhooks/${id}/test`)).toMatchObject({
    ...{ status: 409, body: { detail: 'it is switched off: it answered 410' } },
  });
});

test('a test message goes once, whether it is taken or not', async () => {
  const { id } = await add(receiver);
  receiver.answer = (response, nth) => void response.writeHead(nth === 1 ? 500 : 204).end();
  await send('POST', `/v1/webhooks/${id}/test`);
  expect(await allEnded(id, 1)).toMatchObject([
    { event: 'webhook.test', state: 'failed', attempts: 1, reason: 'it answered 500' },
  ]);
  await send('POST', `/v1/webhooks/${id}/test`);
  expect((await allEnded(id, 2))[0]).toMatchObject({ state: 'delivered', status: 204 });
  expect(receiver.received.map(({ verified }) => verified)).toEqual([true, true]);
});

test('an incident that turns out to be none is withdrawn, also where Slack never heard of it', async () => {
  const quiet = {
    ...{ name: 'never', channel: 'C1', match: { hosts: ['none'] } },
    threshold: { deaths: 1_000, seconds: 1 },
  };
  const route = await send<{ id: string }>('POST', '/v1/alert-routes', quiet);
  await add(receiver, { match: { hosts: ['none'] } });
  await kill('none', 1);
  const [first] = await received(receiver, 1);
  const incidentId = first?.message?.data.incidentId;
  await until(
    () => world.count('select count(*) from outbox'),
    (count) => count === 0,
  );
  expect(
    await world.count('select count(*) from incidents where id = $1 and published_at is not null', [
      incidentId,
    ]),
  ).toBe(0);
  await world.pool.query(
    `with gone as (update incidents set withdrawn = true, revision = revision + 1
       where id = $1 returning id, revision)
     insert into outbox (incident_id, revision, due_at) select id, revision, now() from gone`,
    [incidentId],
  );
  const [, last] = await received(receiver, 2);
  expect(last?.message).toMatchObject({
    ...{ type: 'incident.withdrawn', data: { incidentId, withdrawn: true, mergedInto: null } },
  });
  await send('DELETE', `/v1/alert-routes/${route.body.id}`);
});

test.each([
  ['http://ops.example.com/', 'https'],
  ['https://user:password@ops.example.com/', 'password'],
  ['https://169.254.169.254/latest/meta-data', 'never'],
  ['https://10.0.0.1/', 'no public address'],
  ['ops.example.com', 'no address'],
  ['file:///etc/passwd', 'https'],
])('%s is refused by its field', async (url, detail) => {
  const { status, body } = await send('POST', '/v1/webhooks', { name: 'x', url });
  expect(status).toBe(400);
  expect(body).toMatchObject({ field: 'url', detail: expect.stringContaining(detail) });
});

test('the secret is told once, and lies nowhere; a token without the scope learns nothing', async () => {
  const { id, secret } = await add(receiver);
  const { body } = await send<Webhooks>('GET', '/v1/webhooks');
  expect(JSON.stringify(body)).not.toContain(secret.slice(6));
  const [row] = await world.rows('select webhooks::text from webhooks where id = $1', [id]);
  expect(JSON.stringify(row)).not.toContain(secret.slice(6));
  const wanted = { name: 'bot', scope: 'act', expiresAt: null };
  const { body: created } = await send<{ token: string }>('POST', '/v1/tokens', wanted);
  const headers = { authorization: `Bearer ${created.token}` };
  const asked = await fetch(new URL('/v1/webhooks', hubs.at(-1)?.address), { headers });
  expect(asked.status).toBe(403);
  expect(await send('DELETE', `/v1/webhooks/${id}`)).toMatchObject({ status: 200, body: { id } });
  expect((await send('GET', `/v1/webhooks/${id}/deliveries`)).status).toBe(404);
});

test('a hub with another key signs nothing, and says so, until the secret is exchanged', async () => {
  const { id } = await add(receiver);
  await Promise.all(hubs.map((hub) => hub.end('SIGTERM')));
  const other = { ...settings, CORONER_WEBHOOK_KEY: 'another key, as long as it has to be' };
  hubs = [await startHubProcess(world.nats.url, world.databaseUrl, other)];
  await send('POST', `/v1/webhooks/${id}/test`);
  expect(await allEnded(id, 1)).toMatchObject([
    { state: 'failed', status: null, reason: expect.stringContaining('CORONER_WEBHOOK_KEY') },
  ]);
  expect(receiver.received).toEqual([]);
  const { body } = await send<CreatedWebhook>('POST', `/v1/webhooks/${id}/secret`, {});
  receiver.secret = body.secret;
  await send('POST', `/v1/webhooks/${id}/test`);
  const [, sent] = (await allEnded(id, 2)).toReversed();
  expect(sent).toMatchObject({ state: 'delivered' });
  expect(receiver.received.map(({ verified }) => verified)).toEqual([true]);
});
