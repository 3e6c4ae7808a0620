import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type NatsConnection } from 'nats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack/stack.ts';

let stack: Stack;
const host = 'web-3.example';
beforeAll(async () => {
  stack = await startStack({ environment: { CORONER_HOST: host } });
});
afterAll(() => stack.stop());

const server = () => new URL(stack.run().natsUrl).host;
const passwords = () =>
  JSON.parse(readFileSync(join(stack.stateDir, 'secrets.json'), 'utf8')).nats as Record<
    string,
    string
  >;

/** What the server refuses a connection on these subjects; empty where it may. */
async function refusals(
  user: string,
  pass: string | undefined,
  work: (connection: NatsConnection) => void,
): Promise<string[]> {
  const connection = await connect({ servers: server(), user, pass: pass ?? '', reconnect: false });
  const refused: string[] = [];
  void (async () => {
    for await (const { type, data } of connection.status()) {
      if (type === 'error') refused.push(String(data));
    }
  })();
  work(connection);
  await connection.flush();
  await new Promise(setImmediate);
  await connection.close();
  return refused;
}

it('nobody gets in without a name and its password', async () => {
  await expect(connect({ servers: server(), reconnect: false })).rejects.toThrow(/authorization/i);
  const wrong = { servers: server(), user: 'hub', pass: 'guess', reconnect: false };
  await expect(connect(wrong)).rejects.toThrow(/authorization/i);
});

it('an agent publishes as its own host and does nothing else', async () => {
  const user = 'agent-web-3%2Eexample';
  const { agent } = passwords();
  const nothing = new Uint8Array();
  const own = await refusals(user, agent, (connection) => {
    connection.publish('coroner.heartbeat.web-3%2Eexample', nothing);
  });
  expect(own).toEqual([]);
  for (const subject of [
    'coroner.events.web-4',
    'coroner.alerts.incident.1',
    '$JS.API.STREAM.PURGE.CORONER_EVENTS',
    '$JS.API.CONSUMER.MSG.NEXT.CORONER_EVENTS.hub',
  ]) {
    const refused = await refusals(user, agent, (connection) => {
      connection.publish(subject, nothing);
    });
    expect([subject, refused.length]).toEqual([subject, 1]);
  }
  const heard = await refusals(user, agent, (connection) => {
    connection.subscribe('coroner.>', { callback: () => undefined });
  });
  expect(heard).toHaveLength(1);
});

function secrets(): string[] {
  const { apiToken, natsUrl, databaseUrl } = stack.run();
  const ofUrls = [natsUrl, databaseUrl].map((url) => new URL(url).password);
  return [apiToken, ...ofUrls, ...Object.values(passwords())];
}

it('no command line holds a secret', () => {
  for (const pid of Object.values(stack.run().pids)) {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    for (const secret of secrets()) expect(line).not.toContain(secret);
  }
});

it('nothing that is printed or logged holds a secret, also when the API is attacked with one', async () => {
  const { apiUrl, apiToken } = stack.run();
  const wrong = `${apiToken}x`;
  for (const path of ['/v1/why?process=a', `/v1/deaths?host=${wrong}`, `/${wrong}`])
    await fetch(new URL(path, apiUrl), { headers: { authorization: `Bearer ${wrong}` } });
  const folder = join(stack.stateDir, 'log');
  const logs = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(logs.length).toBeGreaterThan(3);
  for (const text of [stack.output(), ...logs])
    for (const secret of secrets()) expect(text.includes(secret)).toBe(false);
});
