import type { Event } from '@coroner/schema/event/event';
import type { Answer } from '@coroner/schema/http/answer';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { ask } from '../testing/hub.ts';
import { type HubProcess, startHubProcess } from '../testing/hub-process.ts';
import { until } from '../testing/until.ts';
import { startWorld, type World } from '../testing/world.ts';

let world: World;
const hubs: HubProcess[] = [];

beforeAll(async () => {
  world = await startWorld();
});

afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.end('SIGKILL')));
});

afterAll(() => world?.stop());

async function start(): Promise<HubProcess> {
  const hub = await startHubProcess(world.nats.url, world.databaseUrl);
  hubs.push(hub);
  return hub;
}

const batchEvents = 250;
const publishersAtOnce = 8;

/** Most events are of the quiet kind, one in a hundred is a death. */
function eventsOf(host: string, count: number): Event[] {
  const at = new Date().toISOString();
  return Array.from({ length: count }, (_, index): Event => {
    if (index % 100 === 0) return killed({ host, pid: 1000 + index, comm: `job-${index % 7}`, at });
    return {
      kind: 'login-failed',
      id: `${host}-login-${index}`.padEnd(12, '-'),
      source: 'log',
      at,
      user: 'root',
      from: '192.0.2.1',
    };
  });
}

async function publishAll(host: string, events: readonly Event[]): Promise<void> {
  let next = 0;
  const publisher = async () => {
    while (next < events.length) {
      const start = next;
      next += batchEvents;
      await world.agent.publish(host, events.slice(start, start + batchEvents));
    }
  };
  await Promise.all(Array.from({ length: publishersAtOnce }, publisher));
}

const storedOf = (host: string) =>
  world.count('select count(*) from events where host = $1', [host]);

test('50,000 events, with the hub killed -9 in the middle: each is stored once', async () => {
  const events = eventsOf('storm', 50_000);
  const first = await start();
  const publishing = publishAll('storm', events);
  await until(
    () => storedOf('storm'),
    (count) => count > 5_000,
  );
  expect(await first.end('SIGKILL')).toBe('SIGKILL');
  expect(await storedOf('storm')).toBeLessThan(50_000);
  await start();
  await publishing;
  await until(
    () => storedOf('storm'),
    (count) => count === 50_000,
    110_000,
  );
  expect(await world.count(`select count(*) from deaths where host = 'storm'`)).toBe(500);
  expect(await world.count('select count(*) from quarantine')).toBe(0);
});

test('nats-server is killed -9 and comes back: the hub goes on', async () => {
  const hub = await start();
  await world.agent.publish('nats', [killed({ host: 'nats', pid: 1 })]);
  await until(
    () => storedOf('nats'),
    (count) => count === 1,
  );
  await world.nats.crash();
  await until(
    () => fetch(new URL('/readyz', hub.address)),
    (response) => response.status === 503,
  );
  await world.nats.start();
  await world.agent.publish('nats', [killed({ host: 'nats', pid: 2 })]);
  await until(
    () => storedOf('nats'),
    (count) => count === 2,
  );
  const { body } = await ask<Answer>(hub.address, '/v1/why?pid=2&host=nats');
  expect(body.death.pid).toBe(2);
});

test('Postgres crashes and comes back: nothing that was published is lost', async () => {
  const hub = await start();
  await world.postgres.crash();
  const { status, body } = await ask<{ type: string }>(hub.address, '/v1/why?pid=1');
  expect({ status, type: body.type }).toEqual({
    status: 503,
    type: 'urn:coroner:problem:unavailable',
  });
  await world.agent.publish('crash', eventsOf('crash', 1_000));
  await world.postgres.start();
  await until(
    () => storedOf('crash').catch(() => 0),
    (count) => count === 1_000,
  );
});

test('several hubs start at once on an empty database and share the work', async () => {
  const databaseUrl = await world.postgres.createEmptyDatabase();
  const pair = await Promise.all([1, 2].map(() => startHubProcess(world.nats.url, databaseUrl)));
  hubs.push(...pair);
  const events = eventsOf('shared', 10_000);
  await publishAll('shared', events);
  const path = '/v1/deaths?host=shared&limit=1000';
  const pages = await until(
    () => Promise.all(pair.map((hub) => ask<{ items: unknown[] }>(hub.address, path))),
    (pages) => pages.every(({ body }) => body.items.length === 100),
  );
  expect(pages).toHaveLength(2);
  const rates = await Promise.all(
    pair.map(async (hub) => (await fetch(new URL('/metrics', hub.address))).text()),
  );
  for (const text of rates) expect(text).toMatch(/coroner_hub_events_total\{outcome="new"\} [1-9]/);
  for (const hub of pair) expect(await hub.end('SIGTERM')).toBe(0);
});

test('an event that Postgres alone refuses goes to quarantine; its neighbours are stored', async () => {
  await start();
  const gap: Event = {
    kind: 'gap',
    id: 'gap-of-the-year-0',
    source: 'agent',
    at: new Date().toISOString(),
    of: 'kmsg',
    since: '0000-01-01T00:00:00Z',
    until: null,
    lost: null,
    reason: 'overrun',
  };
  const events = eventsOf('refused', 100);
  await world.agent.publish('refused', [...events.slice(50), gap, ...events.slice(0, 50)]);
  await until(
    () => storedOf('refused'),
    (count) => count === 100,
  );
  const rows = await world.rows<{ reason: string }>('select reason from quarantine');
  expect(rows).toHaveLength(1);
  expect(rows[0]?.reason).toContain('Postgres refuses it');
});

test('SIGTERM ends the hub cleanly, its neighbours being there or not', async () => {
  expect(await (await start()).end('SIGTERM')).toBe(0);
  const alone = await start();
  try {
    await world.nats.crash();
    await world.postgres.crash();
    expect(await alone.end('SIGTERM')).toBe(0);
  } finally {
    await Promise.all([world.nats.start(), world.postgres.start()]);
  }
});
