import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'nats';
import { freePort } from './free-port.ts';

export interface TestNats {
  pid(): number;
  url: string;
  /** Its store. */
  directory: string;
  /** kill -9. */
  crash(): Promise<void>;
  /** SIGTERM: everything is written down first. */
  end(): Promise<void>;
  /** On the same port and store. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const user = 'tester';
const password = 'not secret';

export interface NatsPlace {
  /** Where its store is made; else in the folder for temporary files. */
  folder?: string;
  /** That it listens on. */
  address?: string;
}

/** A real nats-server with JetStream on a free port; its URL carries credentials. */
export async function startNats({
  folder = tmpdir(),
  address = '127.0.0.1',
}: NatsPlace = {}): Promise<TestNats> {
  const directory = await mkdtemp(join(folder, 'coroner-nats-'));
  const port = await freePort();
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    server = spawn(
      'nats-server',
      [
        '-a',
        address,
        '-p',
        String(port),
        '-js',
        '-sd',
        directory,
        '--user',
        user,
        '--pass',
        password,
      ],
      { stdio: 'ignore' },
    );
    const connection = await connect({
      servers: `${address}:${port}`,
      user,
      pass: password,
      waitOnFirstConnect: true,
      reconnectTimeWait: 50,
      maxReconnectAttempts: 200,
    });
    await connection.close();
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  await start();
  return {
    pid: () => server?.pid ?? 0,
    directory,
    url: `nats://${user}:${encodeURIComponent(password)}@${address}:${port}`,
    crash: () => end('SIGKILL'),
    end: () => end('SIGTERM'),
    start,
    async stop() {
      await end('SIGTERM');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
