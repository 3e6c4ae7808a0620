import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStream, eventSubject } from '@coroner/schema/wire/subjects';
import type { NatsConnection } from 'nats';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../testing/servers/free-port.ts';
import { connectForEver } from './stream/connection.ts';
import { ensureStreams } from './stream/streams.ts';

const patience = { timeout: 120_000, interval: 50 };
const names = ['n1', 'n2', 'n3'];
let folder: string;
const servers = new Map<string, ChildProcess>();
let connection: NatsConnection;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-cluster-'));
  const ports: number[] = [];
  for (let port = 0; port < 2 * names.length; port += 1) ports.push(await freePort());
  const clients = ports.slice(0, names.length);
  const routes = ports.slice(names.length).map((port) => `nats://127.0.0.1:${port}`);
  for (const [index, name] of names.entries()) {
    const own = ['--name', name, '-a', '127.0.0.1', '-p', `${clients[index]}`];
    const store = ['-js', '-sd', join(folder, name)];
    const cluster = ['--cluster_name', 'coroner', '--cluster', routes[index] ?? ''];
    const args = [...own, ...store, ...cluster, '--routes', routes.join(',')];
    servers.set(name, spawn('nats-server', args, { stdio: 'ignore' }));
  }
  const url = clients.map((port) => `nats://127.0.0.1:${port}`).join(',');
  connection = await connectForEver(url, 'test');
  await ensureStreams(connection, pino({ level: 'silent' }), new AbortController().signal, 3);
});
afterAll(async () => {
  await connection?.close();
  for (const server of servers.values()) await kill(server);
  rmSync(folder, { recursive: true, force: true });
});

async function kill(server: ChildProcess | undefined): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGKILL');
  await once(server, 'exit');
}

const info = async () => {
  const manager = await connection.jetstreamManager({ checkAPI: false });
  return manager.streams.info(eventStream.name);
};

it('a stream of three copies goes on without its leader, and has lost nothing', async () => {
  const before = await info();
  expect(before.config.num_replicas).toBe(3);
  const publish = (id: string) =>
    connection.jetstream().publish(eventSubject('web-1'), id, { msgID: id, timeout: 1000 });
  for (let id = 0; id < 100; id += 1) await publish(`before-${id}`);
  await kill(servers.get(before.cluster?.leader ?? ''));
  // As an agent: what is not acknowledged is sent again under the same id.
  for (let id = 0; id < 100; id += 1) await vi.waitFor(() => publish(`after-${id}`), patience);
  const after = await vi.waitFor(info, patience);
  expect(after.cluster?.leader).not.toBe(before.cluster?.leader);
  expect(after.state.messages).toBe(200);
});
