import type { NatsConnection } from 'nats';
import { afterEach, expect, it, vi } from 'vitest';
import { type AgentProcess, agentProcess } from '../testing/agent-process.ts';
import { addEventStream, batchesIn, eventsIn } from '../testing/event-stream.ts';
import { type NatsOptions, type NatsServer, natsServer } from '../testing/nats-server.ts';

const host = 'web-3.example';
const patience = { timeout: 60_000, interval: 200 };
const after: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const clean of after.splice(0).reverse()) await clean();
});

async function server(options: Partial<NatsOptions> = {}): Promise<NatsServer> {
  const nats = await natsServer({ host, ...options });
  after.push(nats.remove);
  return nats;
}

async function adminOf(nats: NatsServer): Promise<NatsConnection> {
  const admin = await nats.admin();
  after.push(() => admin.close());
  return admin;
}

function agentOf(nats: NatsServer, events: number, environment = {}): AgentProcess {
  const agent = agentProcess(host, nats.url, events, { environment });
  after.push(agent.remove);
  return agent;
}

const generated = (events: { id: string }[]) =>
  events.map(({ id }) => id).filter((id) => id.startsWith('generated-'));

async function expectEachOnce(admin: NatsConnection, count: number): Promise<void> {
  await vi.waitFor(async () => {
    expect(new Set(generated(await eventsIn(admin))).size).toBe(count);
  }, patience);
  expect(generated(await eventsIn(admin))).toHaveLength(count);
}

it('kill -9 of the agent, again and again, while it sends: every event arrives exactly once', async () => {
  const count = 50_000;
  const nats = await server();
  await nats.start();
  const admin = await adminOf(nats);
  await addEventStream(admin);
  const agent = agentOf(nats, count);
  for (const share of [0.05, 0.3, 0.6]) {
    agent.start();
    await vi.waitFor(
      async () => {
        expect(generated(await eventsIn(admin)).length).toBeGreaterThan(count * share);
      },
      { timeout: 60_000, interval: 5 },
    );
    await agent.end('SIGKILL');
  }
  agent.start();
  await expectEachOnce(admin, count);
  const gaps = (await eventsIn(admin)).filter(({ kind, of }) => kind === 'gap' && of === 'agent');
  expect(gaps.map(({ reason }) => reason)).toEqual(
    Array.from({ length: 3 }, () => 'the agent did not stop cleanly'),
  );
});

it('nats-server is away at the start, and is killed in the middle: nothing is lost or doubled', async () => {
  const count = 20_000;
  const nats = await server();
  const agent = agentOf(nats, count);
  agent.start();
  await vi.waitFor(() => expect(agent.log()).toContain('NATS is not there'), patience);
  await nats.start();
  let admin = await nats.admin();
  await addEventStream(admin);
  await vi.waitFor(async () => {
    expect(generated(await eventsIn(admin)).length).toBeGreaterThan(0);
  }, patience);
  await nats.kill();
  await admin.close();
  await nats.start();
  admin = await adminOf(nats);
  await expectEachOnce(admin, count);
  expect(await agent.end('SIGTERM')).toBe(0);
});

it('a spool that is too small says exactly how much it dropped', async () => {
  const count = 20_000;
  const nats = await server();
  const agent = agentOf(nats, count, { CORONER_SPOOL_MAX_BYTES: String(1024 * 1024) });
  agent.start();
  await vi.waitFor(() => expect(agent.generated()).toBe(count), patience);
  await nats.start();
  const admin = await adminOf(nats);
  await addEventStream(admin);
  await vi.waitFor(async () => {
    expect(generated(await eventsIn(admin))).toContainEqual(
      expect.stringMatching(`^generated-${count - 1}-`),
    );
  }, patience);
  const events = await eventsIn(admin);
  const lost = events
    .filter(({ kind, of }) => kind === 'gap' && of === 'spool')
    .reduce((sum, gap) => sum + Number(gap['lost']), 0);
  const first = ['agent-start', 'source-state'];
  const others = events.filter(({ kind }) => first.includes(String(kind))).length;
  expect(lost).toBeGreaterThan(0);
  // The agent's start and the source's state came first, so that they may be among those lost.
  expect(generated(events).length + others + lost).toBe(count + first.length);
});

it('a server that takes small messages only gets smaller batches', async () => {
  const nats = await server({ maxPayload: 16 * 1024 });
  await nats.start();
  const admin = await adminOf(nats);
  await addEventStream(admin);
  agentOf(nats, 2000).start();
  await expectEachOnce(admin, 2000);
});

it('an account without the right to publish as this host: nothing gets through, and the log says what to do', async () => {
  const nats = await server({ mayPublish: ['coroner.events.other'] });
  await nats.start();
  const agent = agentOf(nats, 10);
  agent.start();
  await vi.waitFor(() => expect(agent.log()).toContain('allow this account to publish'), patience);
  expect(agent.log()).not.toContain('p@ss');
  const admin = await adminOf(nats);
  await addEventStream(admin);
  expect(await batchesIn(admin)).toEqual([]);
});
