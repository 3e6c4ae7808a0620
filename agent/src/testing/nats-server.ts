import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentInbox, eventSubject, heartbeatSubject } from '@coroner/schema/wire/subjects';
import { connect, type NatsConnection } from 'nats';

export interface NatsServer {
  /** Credentials of the agent of `host`. */
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** A connection that may do everything. */
  admin(): Promise<NatsConnection>;
  /** Ends it and deletes its files. */
  remove(): Promise<void>;
}

export interface NatsOptions {
  readonly host: string;
  readonly maxPayload?: number;
  /** Subjects that the agent may publish on; default: those of its host. */
  readonly mayPublish?: readonly string[];
}

const connectWaitMs = 100;
const connectTries = 100;

/** A real nats-server with JetStream on a free port, with an account that may publish as one host only. */
export async function natsServer(options: NatsOptions): Promise<NatsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-nats-'));
  const port = await freePort();
  const configPath = join(folder, 'nats.conf');
  writeFileSync(configPath, configuration(options, port, folder));
  let child: ChildProcess | null = null;

  const admin = async (): Promise<NatsConnection> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await connect({ port, user: 'admin', pass: 'admin' });
      } catch (error) {
        if (tries === connectTries) throw error;
        await new Promise((resolve) => setTimeout(resolve, connectWaitMs));
      }
    }
  };
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return {
    url: `nats://agent:p%40ss@127.0.0.1:${port}`,
    async start() {
      child = spawn('nats-server', ['-c', configPath], { stdio: 'ignore' });
      await (await admin()).close();
    },
    kill,
    admin,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(
  { host, maxPayload, mayPublish }: NatsOptions,
  port: number,
  folder: string,
) {
  const publish = mayPublish ?? [eventSubject(host), heartbeatSubject(host)];
  return JSON.stringify({
    listen: `127.0.0.1:${port}`,
    ...(maxPayload ? { max_payload: maxPayload } : {}),
    jetstream: { store_dir: folder },
    accounts: {
      CORONER: {
        jetstream: 'enabled',
        users: [
          { user: 'admin', password: 'admin' },
          {
            user: 'agent',
            password: 'p@ss',
            permissions: { publish, subscribe: [`${agentInbox(host)}.>`] },
          },
        ],
      },
    },
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
