import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alert } from '@coroner/schema/wire/alert';
import { alertStream, alertSubject, botPermissions } from '@coroner/schema/wire/subjects';
import { AckPolicy, connect, type NatsConnection } from 'nats';
import { until } from './until.ts';

const ackWaitNs = 2e9;

export interface Nats {
  url: string;
  publish(alert: Alert): Promise<void>;
  /** Messages that the consumer `bot` has not acknowledged, those that wait included. */
  unacknowledged(): Promise<number>;
  close(): Promise<void>;
}

/**
 * A real nats-server with the alert stream and its consumer, as the hub makes them. `url` holds
 * credentials that may do what schema's `botPermissions` lists and nothing else.
 */
export async function startNats(): Promise<Nats> {
  const dir = mkdtempSync(join(tmpdir(), 'coroner-nats-'));
  const port = await freePort();
  const config = join(dir, 'nats.conf');
  writeFileSync(config, configuration(port, dir));
  const server = spawn('nats-server', ['-c', config], { stdio: 'ignore' });
  const host = `127.0.0.1:${port}`;
  const url = `nats://bot:bot-password@${host}`;
  const connection = await until('nats-server answers', () =>
    connect({ servers: host, user: 'hub', pass: 'hub-password', reconnect: false }).catch(
      () => null,
    ),
  );
  const manager = await connection.jetstreamManager();
  await manager.streams.add({
    name: alertStream.name,
    subjects: [...alertStream.subjects],
    max_msgs_per_subject: 1,
  });
  await manager.consumers.add(alertStream.name, {
    durable_name: alertStream.consumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ackWaitNs,
  });
  return {
    url,
    async publish(alert) {
      const data = JSON.stringify(alert);
      await connection.jetstream().publish(alertSubject(alert.incidentId), data);
    },
    async unacknowledged() {
      const info = await manager.consumers.info(alertStream.name, alertStream.consumer);
      return info.num_pending + info.num_ack_pending;
    },
    close: () => stop(connection, server, dir),
  };
}

function configuration(port: number, dir: string): string {
  return JSON.stringify({
    host: '127.0.0.1',
    port,
    jetstream: { store_dir: dir },
    authorization: {
      users: [
        { user: 'hub', password: 'hub-password' },
        { user: 'bot', password: 'bot-password', permissions: botPermissions },
      ],
    },
  });
}

async function stop(connection: NatsConnection, server: ChildProcess, dir: string) {
  await connection.close();
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await ended;
  rmSync(dir, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
