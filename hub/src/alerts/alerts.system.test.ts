import type { Answer } from '@coroner/schema/http/answer';
import type { IncidentDetail } from '@coroner/schema/http/incidents';
import { Alert } from '@coroner/schema/wire/alert';
import { alertStream } from '@coroner/schema/wire/subjects';
import { AckPolicy, DeliverPolicy } from 'nats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aliceKill, killed } from '../testing/deaths.ts';
import { ask } from '../testing/hub.ts';
import { type HubProcess, startHubProcess } from '../testing/hub-process.ts';
import { until } from '../testing/until.ts';
import { startWorld, type World } from '../testing/world.ts';

let world: World;
let hubs: HubProcess[];
/** Every alert that the stream ever had, in order. */
const heard: Alert[] = [];

beforeAll(async () => {
  world = await startWorld();
  hubs = await Promise.all([1, 2].map(() => startHubProcess(world.nats.url, world.databaseUrl)));
  const manager = await world.agent.connection.jetstreamManager();
  await manager.consumers.add(alertStream.name, {
    durable_name: 'listener',
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
  });
  const consumer = await world.agent.connection
    .jetstream()
    .consumers.get(alertStream.name, 'listener');
  await consumer.consume({ callback: (message) => heard.push(Alert.parse(message.json())) });
});

afterAll(async () => {
  for (const hub of hubs ?? []) expect(await hub.end('SIGTERM')).toBe(0);
  await world?.stop();
});

const ofActor = (user: string) => heard.filter((alert) => alert.answer.actor?.user === user);
const outboxIsEmpty = () =>
  until(
    () => world.count('select count(*) from outbox'),
    (n) => n === 0,
  );

test('thirty deaths by one command are one incident, published again only as it grows', async () => {
  const killer = { ...aliceKill, user: 'bea', startUs: 77 };
  for (let index = 0; index < 30; index += 1)
    await world.agent.publish('web-1', [
      killed({ host: 'web-1', pid: 500 + index, comm: 'worker', killer }),
    ]);
  await until(
    () => ofActor('bea').at(-1)?.deaths,
    (deaths) => deaths === 30,
  );
  await outboxIsEmpty();
  const alerts = ofActor('bea');
  expect(new Set(alerts.map((alert) => alert.incidentId)).size).toBe(1);
  expect(alerts.length).toBeLessThan(15);
  expect(new Set(alerts.map((alert) => alert.revision)).size).toBe(alerts.length);
  const last = alerts.at(-1);
  expect(last).toMatchObject({ hosts: ['web-1'], victims: [{ comm: 'worker', count: 30 }] });
  expect(last?.title).toBe(
    '30 processes were killed with SIGKILL by pkill -9 -f python (bea) on web-1',
  );
  const { body } = await ask<Answer>(hubs[0]?.address ?? '', '/v1/why?pid=512&host=web-1');
  expect(body.related).toEqual({ incidentId: last?.incidentId, sameActor: 29, hosts: [] });
});

test('the same command of the same user on other hosts joins; another user does not', async () => {
  const kill = (user: string, host: string, startUs: number) =>
    world.agent.publish(host, [killed({ host, pid: 40 + startUs, killer: { user, startUs } })]);
  await Promise.all([kill('carl', 'db-1', 1), kill('carl', 'db-2', 2), kill('carl', 'db-3', 3)]);
  await kill('dora', 'db-1', 4);
  const last = await until(
    () => ofActor('carl').at(-1),
    (alert) => alert?.deaths === 3,
  );
  expect(last?.hosts).toEqual(['db-1', 'db-2', 'db-3']);
  await until(
    () => ofActor('dora').at(-1),
    (alert) => alert?.deaths === 1,
  );
  const address = hubs[1]?.address ?? '';
  const { body } = await ask<IncidentDetail>(address, `/v1/incidents/${last?.incidentId}`);
  expect(body).toMatchObject({ deaths: 3, hosts: ['db-1', 'db-2', 'db-3'] });
  expect(body.answer.related.hosts).toHaveLength(2);
});

test('ordinary ends and old deaths alert nobody', async () => {
  const exit = { code: 3, signal: null, coreDumped: false };
  const killer = { user: 'emil', startUs: 5 };
  await world.agent.publish('quiet', [
    killed({ host: 'quiet', pid: 1, more: { exit, signals: [] } }),
    killed({ host: 'quiet', pid: 2, killer, more: { backfilled: true } }),
  ]);
  await until(
    () => world.count(`select count(*) from deaths where host = 'quiet'`),
    (count) => count === 2,
  );
  await outboxIsEmpty();
  expect(heard.filter((alert) => alert.hosts.includes('quiet'))).toEqual([]);
  expect(await world.count(`select count(*) from incidents where hosts = '{quiet}'`)).toBe(1);
});

test('an alert waits for nats-server and goes out once', async () => {
  await world.nats.crash();
  const { rows } = await world.pool.query<{ id: string }>(
    `with one as (update incidents set revision = revision + 1
       where id = (select id from incidents where hosts = '{web-1}' limit 1) returning id, revision)
     insert into outbox (incident_id, revision, due_at) select id, revision, now() from one
     returning incident_id as id`,
  );
  const before = heard.length;
  await world.nats.start();
  await until(
    () => heard.slice(before),
    (alerts) => alerts.length > 0,
  );
  await outboxIsEmpty();
  expect(heard.slice(before).map((alert) => alert.incidentId)).toEqual([rows[0]?.id]);
});
