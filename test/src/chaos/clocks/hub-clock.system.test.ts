import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { ask } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startPostgres } from '@coroner/hub/dist/testing/servers/postgres.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import type { Event } from '@coroner/schema/event/event';
import type { Answer } from '@coroner/schema/http/answer';
import type { IncidentPage } from '@coroner/schema/http/incidents';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../stack/until.ts';
import { type SettableClock, settableClock } from './settable-clock.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let clock: SettableClock;
let world: World;
let hub: HubProcess;
beforeAll(async () => {
  clock = settableClock();
  const { environment } = clock;
  world = await startWorld({
    postgresServer: () => startPostgres(undefined, undefined, undefined, environment),
  });
  hub = await startHub();
});
afterAll(async () => {
  await hub?.end('SIGTERM');
  await world?.stop();
  clock?.remove();
});

const startHub = () => startHubProcess(world.nats.url, world.databaseUrl, clock.environment);

let lastPid = 100;

/** Killed by somebody else each time: an incident of its own, which is published. */
async function publishKill(comm: string): Promise<void> {
  lastPid += 1;
  const killer = { auditUser: `killer-of-${comm}`, pid: lastPid + 5_000, startUs: lastPid };
  await world.agent.publish('web-3', [killed({ comm, pid: lastPid, killer })]);
  await until(`the incident of ${comm} is published`, async () => {
    const { body } = await ask<IncidentPage>(hub.address, '/v1/incidents');
    const incident = body.items.find(({ title }) => title.includes(comm));
    if (!incident) return false;
    return world.count(
      'select count(*)::integer from incidents where id = $1 and published_at is not null',
      [incident.id],
    );
  });
}

/** All that is known of this death is a line of the kernel. */
async function publishCrash(comm: string): Promise<void> {
  const crash: Event = {
    ...{ kind: 'crash', id: `the-crash-of-${comm}`, source: 'kmsg', at: new Date().toISOString() },
    ...{ pid: lastPid + 4_000, comm, trap: 'segfault' },
  };
  await world.agent.publish('web-4', [crash]);
  await until(`the death of ${comm} is made of its line`, async () => {
    const { status, body } = await ask<Answer>(hub.address, `/v1/why?process=${comm}`);
    return status === 200 && body.verdict.cause === 'crash';
  });
}

it.each([
  ['as it is', 0],
  ['set back', -5 * hourMs],
  ['set back for a long time', -40 * dayMs],
  ['set forward', 3 * hourMs],
])(
  "with Postgres's and the hub's clock %s deaths are judged, grouped and published",
  async (_, byMs) => {
    clock.set(byMs);
    const step = Math.abs(byMs / hourMs);
    await publishKill(`killed-${step}`);
    await publishCrash(`crashed-${step}`);
  },
);

it('a clock that jumps over the time for which things are kept deletes nothing', async () => {
  await publishKill('precious');
  const kept = () => world.count('select count(*)::integer from events');
  const before = await kept();
  clock.set(500 * dayMs);
  await hub.end('SIGKILL');
  hub = await startHub();
  // Its first look is at its start.
  await until('the hub has looked at the clock', () =>
    world.count(
      `select count(*)::integer from steady_clock where seen_at > now() - interval '1 day'`,
    ),
  );
  await publishKill('later');
  expect(await kept()).toBe(before + 1);
  expect((await ask<Answer>(hub.address, '/v1/why?process=precious')).status).toBe(200);
});
