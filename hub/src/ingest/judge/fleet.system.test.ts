import type { Answer } from '@coroner/schema/http/answer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hub } from '../../main.ts';
import { killed } from '../../testing/deaths.ts';
import { ask, startTestHub } from '../../testing/hub.ts';
import { until } from '../../testing/until.ts';
import { startWorld, type World } from '../../testing/world.ts';

let world: World;
let hub: Hub;
beforeAll(async () => {
  world = await startWorld();
  hub = await startTestHub(world.nats.url, world.databaseUrl);
});
afterAll(async () => {
  await hub?.stop();
  await world?.stop();
});

const beganMs = Date.now();
const instant = (ms: number): string => new Date(beganMs + ms).toISOString();
const connection = { address: '10.0.0.4', port: 50_022 };

test('the host that an ssh session came from is named, and who opened the connection there', async () => {
  await world.agent.heartbeat('web-1', { addresses: [connection.address, 'fd00::4'] });
  await world.agent.publish('web-1', [
    {
      ...{ kind: 'ssh-client', id: 'bobs-ssh-client', source: 'proc', at: instant(-2_000) },
      ...{ pid: 77, user: 'bob', tty: 'pts/1', from: '192.168.0.7' },
      ...{ to: '10.0.0.9', toPort: 22, port: connection.port },
    },
  ]);
  const known = 'select count(*) from host_addresses where address = $1';
  await until(
    () => world.count(known, [connection.address]),
    (count) => count === 1,
  );
  await until(
    () => world.count('select count(*) from events where id = $1', ['bobs-ssh-client']),
    (count) => count === 1,
  );
  await world.agent.publish('web-3', [
    {
      ...{ kind: 'login', id: 'deploys-login', source: 'wtmp', at: instant(-1_000) },
      ...{ user: 'deploy', tty: 'pts/2', from: connection.address, pid: 880, session: 7 },
    },
    killed({
      host: 'web-3',
      at: instant(0),
      killer: {
        ...{ user: 'deploy', auditUser: 'deploy', auditSession: 7, tty: 'pts/2' },
        ...{ remote: connection.address, remotePort: connection.port },
      },
    }),
  ]);
  const { body } = await until(
    () => ask<Answer>(hub.address, '/v1/why?process=nginx&host=web-3'),
    ({ status }) => status === 200,
  );
  expect(body.actor?.origin).toMatchObject({
    ...{ type: 'login-session', user: 'deploy', from: '10.0.0.4' },
    fromHost: { name: 'web-1', user: 'bob', tty: 'pts/1', from: '192.168.0.7' },
  });
  expect(body.verdict.summary).toContain(
    'deploy (from web-1 (10.0.0.4), there bob on pts/1 from 192.168.0.7, pts/2, since',
  );
});
