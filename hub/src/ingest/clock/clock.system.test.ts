import type { Answer } from '@coroner/schema/http/answer';
import type { IncidentDetail, IncidentPage } from '@coroner/schema/http/incidents';
import type { HostPage } from '@coroner/schema/http/pages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchOf } from '../../testing/agent.ts';
import { killed } from '../../testing/deaths.ts';
import { ask, startTestHub } from '../../testing/hub.ts';
import { until } from '../../testing/until.ts';
import { startWorld, type World } from '../../testing/world.ts';

let world: World;
let hub: Awaited<ReturnType<typeof startTestHub>>;

beforeAll(async () => {
  world = await startWorld();
  hub = await startTestHub(world.nats.url, world.databaseUrl);
});
afterAll(async () => {
  await hub?.stop();
  await world?.stop();
});

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The same person kills on two hosts at the same moment; each tells it by its own clock. */
const kill = (host: string, atMs: number) =>
  killed({
    host,
    comm: 'nginx',
    pid: 41,
    at: new Date(atMs).toISOString(),
    killer: { auditUser: 'alice', startUs: 1 },
    more: { bootUs: null },
  });

async function publish(host: string, clockMs: number, diedMs: number): Promise<void> {
  const events = [kill(host, diedMs + clockMs)];
  const sentAt = new Date(Date.now() + clockMs).toISOString();
  const data = JSON.stringify({ ...batchOf(host, events), sentAt });
  await world.agent.raw(`coroner.events.${host}`, data);
}

test('clocks far off: one act is one incident, and the answer says whose clock is wrong', async () => {
  const diedMs = Date.now() - minuteMs;
  await publish('right', 0, diedMs);
  await publish('ahead', 30 * minuteMs, diedMs + 1_000);
  await publish('behind', -45 * minuteMs, diedMs + 2_000);
  const { body } = await until(
    () => ask<IncidentPage>(hub.address, '/v1/incidents'),
    ({ body }) => body.items.some(({ deaths }) => deaths === 3),
  );
  expect(body.items).toHaveLength(1);
  expect(body.items[0]?.hosts).toEqual(['ahead', 'behind', 'right']);
  expect(Date.parse(body.items[0]?.lastAt ?? '')).toBeLessThan(Date.now());

  const detail = await ask<IncidentDetail>(hub.address, `/v1/incidents/${body.items[0]?.id}`);
  const inOrder = ['right', 'ahead', 'behind'];
  expect(detail.body.members.map(({ host }) => host)).toEqual(inOrder);
  expect(detail.body.timeline.map(({ host }) => host)).toEqual(inOrder);
  expect(detail.body.answer.death.host).toBe('right');
  expect(detail.body.answer.gaps.join()).toContain('the order of deaths on different hosts');

  const answer = await ask<Answer>(hub.address, '/v1/why?process=nginx&host=ahead');
  expect(answer.body.gaps).toContain(
    'the clock of ahead is 30 min ahead: the times here are its own',
  );
  const { diedAt, happenedAt } = answer.body.death;
  expect(Date.parse(diedAt)).toBe(diedMs + 1_000 + 30 * minuteMs);
  expect(Math.abs(Date.parse(happenedAt ?? '') - diedMs)).toBeLessThan(minuteMs);
  const right = await ask<Answer>(hub.address, '/v1/why?process=nginx&host=right');
  expect(right.body.death.happenedAt).toBeUndefined();
  expect(right.body.gaps.join()).not.toContain('clock of right');
});

test('the error of a clock stands beside its host', async () => {
  const sentAt = new Date(Date.now() - 7_200_000).toISOString();
  await world.agent.heartbeat('slow', { sentAt });
  const { body } = await until(
    () => ask<HostPage>(hub.address, '/v1/hosts?host=slow'),
    ({ body }) => body.items.length > 0,
  );
  const clock = body.items[0]?.clock;
  expect(Math.abs((clock?.offsetMs ?? 0) + 7_200_000)).toBeLessThan(minuteMs);
  expect(clock?.errorMs).toBeGreaterThan(0);
});

test('the newest death is the newest by the hub, whatever clocks say or said', async () => {
  const comm = 'clockwork';
  const nowMs = Date.now();
  const host = 'set-back';
  const usPerMs = 1000;
  const bootedMs = nowMs - 10 * hourMs;
  let pid = 100;
  /** At this true time, told by a clock that is off by so much; then the host says that it is off by `offNowMs`. */
  const dies = async (atMs: number, offMs: number, offNowMs: number): Promise<number> => {
    pid += 1;
    const more = { bootUs: (atMs - bootedMs) * usPerMs };
    const at = new Date(atMs + offMs).toISOString();
    const batch = batchOf(host, [killed({ host, comm, pid, at, more })]);
    const sentAt = new Date(Date.now() + offNowMs).toISOString();
    const uptimeUs = Math.round((Date.now() - bootedMs) * usPerMs);
    await world.agent.raw(`coroner.events.${host}`, JSON.stringify({ ...batch, sentAt, uptimeUs }));
    return pid;
  };
  const newest = async () => {
    const { body } = await ask<Answer>(hub.address, `/v1/why?process=${comm}`);
    const there = await ask<Answer>(hub.address, `/v1/why?process=${comm}&host=${host}`);
    return [body.death?.pid, there.body.death?.pid];
  };
  for (let count = 0; count < 8; count += 1)
    await dies(nowMs - hourMs + count, 3 * hourMs, 3 * hourMs);
  const right = await dies(nowMs - 20 * minuteMs, 0, 0);
  await until(newest, (found) => found.every((pid) => pid === right));
  for (let count = 0; count < 8; count += 1) await dies(nowMs - 15 * minuteMs + count, 0, 0);
  const behind = await dies(nowMs - minuteMs, -2 * hourMs, -2 * hourMs);
  await until(newest, (found) => found.every((pid) => pid === behind));
});
