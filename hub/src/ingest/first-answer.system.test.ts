import type { Answer } from '@coroner/schema/http/answer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hub } from '../main.ts';
import { startAgent, type TestAgent } from '../testing/agent.ts';
import { killed } from '../testing/deaths.ts';
import { ask, startTestHub } from '../testing/hub.ts';
import { startNats, type TestNats } from '../testing/nats.ts';
import { startPostgres, type TestPostgres } from '../testing/postgres.ts';
import { until } from '../testing/until.ts';

let postgres: TestPostgres;
let nats: TestNats;
let hub: Hub;
let agent: TestAgent;

beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  hub = await startTestHub(nats.url, await postgres.createDatabase());
  agent = await startAgent(nats.url);
});

afterAll(async () => {
  await agent?.stop();
  await hub?.stop();
  await Promise.all([nats?.stop(), postgres?.stop()]);
});

test('a published death is answered', async () => {
  await agent.publish('web-3', [killed()]);
  const { body } = await until(
    () => ask<Answer>(hub.address, '/v1/why?process=nginx&host=web-3'),
    ({ status }) => status === 200,
  );
  expect(body.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(body.actor?.cmdline).toEqual(['pkill', '-9', '-f', 'python']);
  expect(body.death).toMatchObject({ host: 'web-3', pid: 4121, signal: 'SIGKILL' });
});
