import { randomUUID } from 'node:crypto';
import type {
  CreatedWebhook,
  Delivery,
  DeliveryPage,
  NewWebhook,
  Webhook,
  WebhookChange,
} from '@coroner/schema/http/webhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { killed } from '../testing/deaths.ts';
import { ask } from '../testing/hub.ts';
import { type HubProcess, startHubProcess } from '../testing/hub-process.ts';
import { type Receiver, startReceiver } from '../testing/receiver.ts';
import { until } from '../testing/until.ts';
import { startWorld, type World } from '../testing/world.ts';

let world: World;
let hub: HubProcess;
let receiver: Receiver;
let other: Receiver;

beforeAll(async () => {
  world = await startWorld();
  hub = await startHubProcess(world.nats.url, world.databaseUrl, {
    CORONER_WEBHOOK_KEY: 'of this test, as long as it has to be',
    CORONER_WEBHOOK_NETWORKS: '127.0.0.0/8',
  });
});
afterAll(async () => {
  await hub?.end('SIGTERM');
  await world?.stop();
});
beforeEach(async () => {
  [receiver, other] = await Promise.all([startReceiver(), startReceiver()]);
});
afterEach(async () => {
  await world.pool.query('delete from webhooks; delete from webhook_deliveries');
  await Promise.all([receiver.stop(), other.stop()]);
});

const send = <Body>(method: string, path: string, body?: object) =>
  ask<Body>(hub.address, path, method, body);

async function add(more: Partial<z.input<typeof NewWebhook>> = {}): Promise<CreatedWebhook> {
  const wanted = { name: 'ops', url: receiver.url, ...more };
  const { body } = await send<CreatedWebhook>('POST', '/v1/webhooks', wanted);
  receiver.secret = body.secret;
  other.secret = body.secret;
  return body;
}

const change = (id: string, wanted: WebhookChange) =>
  send<Webhook>('PATCH', `/v1/webhooks/${id}`, wanted);
const exchange = (id: string, keepSeconds?: number) =>
  send<CreatedWebhook>('POST', `/v1/webhooks/${id}/secret`, { keepSeconds });
const kill = (host: string, pid: number) =>
  world.agent.publish(host, [
    killed({ host, pid, killer: { user: `user-of-${host}`, startUs: 7, pid: 77 } }),
  ]);
const deliveries = async (id: string): Promise<Delivery[]> =>
  (await send<DeliveryPage>('GET', `/v1/webhooks/${id}/deliveries`)).body.items;
const received = (one: Receiver, count: number) =>
  until(
    () => one.received,
    (all) => all.length >= count,
  );
const nothingWaits = () =>
  until(
    () => world.count('select count(*) from outbox'),
    (count) => count === 0,
  );
const typesOf = (one: Receiver) => one.received.map(({ message }) => message?.type);
const tested = async (id: string) => {
  const before = receiver.received.length;
  await send('POST', `/v1/webhooks/${id}/test`);
  return (await received(receiver, before + 1)).at(-1);
};

test('an exchanged secret signs beside the new one for as long as it is kept', async () => {
  const { id, secret: first } = await add();
  const { body } = await exchange(id, 3_600);
  const second = body.secret;
  expect(second).not.toBe(first);
  const leftMs = Date.parse(body.earlierSecretUntil ?? '') - Date.now();
  expect(leftMs).toBeGreaterThan(3_000_000);
  expect(leftMs).toBeLessThan(3_700_000);
  const both = await tested(id);
  expect([first, second].map((secret) => both?.verifiedBy(secret))).toEqual([true, true]);

  const third = (await exchange(id)).body.secret;
  const all = await tested(id);
  expect([first, second, third].map((secret) => all?.verifiedBy(secret))).toEqual([
    ...[true, true, true],
  ]);
  await world.pool.query(
    `update webhooks set earlier_secrets =
       jsonb_set(earlier_secrets, '{0,until}', to_jsonb(now() - interval '1 second'))`,
  );
  const later = await tested(id);
  expect([first, second, third].map((secret) => later?.verifiedBy(secret))).toEqual([
    ...[false, true, true],
  ]);
  const fourth = await exchange(id, 0);
  expect(fourth.body.earlierSecretUntil).toBeNull();
  const last = await tested(id);
  expect([first, second, third].map((secret) => last?.verifiedBy(secret))).toEqual([
    ...[false, false, false],
  ]);
  expect(last?.verifiedBy(fourth.body.secret)).toBe(true);
});

test('a secret that was kept for long ends with a shorter time, and there are five at most', async () => {
  const { id } = await add();
  await exchange(id, 1_000_000);
  const { body } = await exchange(id, 60);
  expect(Date.parse(body.earlierSecretUntil ?? '') - Date.now()).toBeLessThan(61_000);
  for (let more = 3; more <= 5; more += 1) expect((await exchange(id, 60)).status).toBe(200);
  expect(await exchange(id, 60)).toMatchObject({
    ...{ status: 409, body: { detail: expect.stringContaining('keepSeconds 0') } },
  });
  expect((await exchange(id, 0)).status).toBe(200);
});

test('what is switched off hears nothing, and when it is on again all that it missed', async () => {
  const { id } = await add({ match: { hosts: ['off-*'] } });
  await kill('off-1', 1);
  const [first] = await received(receiver, 1);
  receiver.answer = (response) => void response.writeHead(503).end();
  await kill('off-2', 1);
  await until(
    () => deliveries(id),
    (all) => all.some(({ status }) => status === 503),
  );
  const off = await change(id, { state: 'off' });
  expect(off.body).toMatchObject({ state: 'off', waiting: 1, failed: 0 });
  expect(off.body.offBecause).toMatch(/switched it off$/);
  const incidentId = first?.message?.data.incidentId;
  const resolve = { id: randomUUID(), kind: 'resolve' };
  await send('POST', `/v1/incidents/${incidentId}/actions`, resolve);
  await kill('off-3', 1);
  await until(
    () => world.count(`select count(*) from deaths where host like 'off-%'`),
    (count) => count === 3,
  );
  await nothingWaits();
  expect(receiver.received).toHaveLength(2);
  expect(await send('POST', `/v1/webhooks/${id}/test`)).toMatchObject({ status: 409 });

  receiver.answer = (response) => void response.writeHead(204).end();
  expect((await change(id, { state: 'on' })).body).toMatchObject({ state: 'on', offBecause: null });
  await received(receiver, 4);
  const heard = receiver.received.slice(2).map(({ message }) => message);
  const types = heard.map((message) => `${message?.type} ${message?.data.hosts}`).sort();
  expect(types).toEqual(['incident.created off-2', 'incident.resolved off-1']);
  await kill('off-3', 2);
  await received(receiver, 5);
  expect(receiver.received.at(-1)?.message).toMatchObject({
    ...{ type: 'incident.created', data: { hosts: ['off-3'], deaths: 2 } },
  });
});

test('what waits goes to the new address at once', async () => {
  const { id } = await add({ match: { hosts: ['moved'] } });
  receiver.answer = (response) => void response.writeHead(503, { 'retry-after': '3600' }).end();
  await kill('moved', 1);
  await until(
    () => deliveries(id),
    ([one]) => one?.status === 503,
  );
  expect((await change(id, { url: other.url })).body).toMatchObject({ id, url: other.url });
  const [moved] = await received(other, 1);
  expect(moved).toMatchObject({ verified: true, id: receiver.received[0]?.id });
});

test('what it hears of can be changed, each part by itself', async () => {
  const { id } = await add({ match: { hosts: ['a'] }, events: ['incident.resolved'] });
  const { body } = await change(id, { match: { hosts: ['b'] }, name: 'others' });
  expect(body).toMatchObject({
    ...{ name: 'others', match: { hosts: ['b'] }, events: ['incident.resolved'] },
  });
  const all = await change(id, { events: null });
  expect(all.body.events).toBeUndefined();
  expect(all.body).toMatchObject({ name: 'others', match: { hosts: ['b'] } });
  await kill('a', 1);
  await kill('b', 1);
  await received(receiver, 1);
  await nothingWaits();
  expect(typesOf(receiver)).toEqual(['incident.created']);
  expect(receiver.received[0]?.message?.data.hosts).toEqual(['b']);
});

test('after a 410 the very message is sent again once it is on', async () => {
  const { id } = await add({ match: { hosts: ['back'] } });
  receiver.answer = (response) => void response.writeHead(410).end();
  await kill('back', 1);
  await until(
    () => deliveries(id),
    ([one]) => one?.status === 410,
  );
  receiver.answer = (response) => void response.writeHead(204).end();
  await change(id, { state: 'on' });
  await received(receiver, 2);
  expect(new Set(receiver.received.map((one) => one.id)).size).toBe(1);
});

test.each([
  [{}, 400],
  [{ url: 'https://10.0.0.1/' }, 400],
  [{ url: 'ops' }, 400],
  [{ state: 'paused' }, 400],
  [{ secret: 'whsec_x' }, 400],
  [{ name: '' }, 400],
])('%j changes nothing', async (wanted, status) => {
  const { id, secret: _, ...webhook } = await add();
  expect((await send('PATCH', `/v1/webhooks/${id}`, wanted)).status).toBe(status);
  const { body } = await send<{ items: Webhook[] }>('GET', '/v1/webhooks');
  expect(body.items).toEqual([{ id, ...webhook }]);
});

test('a change is in the audit log, and no secret is', async () => {
  const { id } = await add();
  const { body } = await exchange(id, 60);
  await change(id, { name: 'audited' });
  const lines = await until(
    () => hub.log().split('\n'),
    (all) => all.some((line) => line.includes('PATCH') && line.includes(id)),
  );
  const audited = lines.filter((line) => line.includes('audit: something was changed'));
  for (const url of [`/v1/webhooks/${id}`, `/v1/webhooks/${id}/secret`])
    expect(audited.some((line) => line.includes(`"url":"${url}"`))).toBe(true);
  expect(hub.log()).not.toContain(body.secret.slice(6));
});

test('a webhook that does not exist is not found', async () => {
  expect((await change('none', { name: 'x' })).status).toBe(404);
  expect((await exchange('none')).status).toBe(404);
});
