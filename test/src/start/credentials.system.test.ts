import { readFileSync } from 'node:fs';
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

it('no command line holds a secret', () => {
  const { apiToken, natsUrl, databaseUrl, pids } = stack.run();
  const secrets = [apiToken, new URL(natsUrl).password, new URL(databaseUrl).password];
  for (const pid of Object.values(pids)) {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    for (const secret of [...secrets, ...Object.values(passwords())]) {
      expect(line).not.toContain(secret);
    }
  }
});
