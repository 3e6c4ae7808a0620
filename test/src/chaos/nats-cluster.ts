import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@coroner/hub/dist/testing/servers/free-port.js';
import type { TestNats } from '@coroner/hub/dist/testing/servers/nats.js';
import { connect } from 'nats';
import { until } from '../stack/until.ts';

interface Member {
  name: string;
  port: number;
  args: string[];
  server?: ChildProcess;
}

const size = 3;
const user = 'tester';
const password = 'not secret';
const login = `${user}:${encodeURIComponent(password)}`;

/**
 * Three nats-servers with one JetStream. `crash` and `end` take whichever leads `stream` then, `start`
 * brings it back. Ready when they have chosen who leads JetStream.
 */
export async function startNatsCluster(stream: string): Promise<TestNats> {
  const directory = await mkdtemp(join(tmpdir(), 'coroner-nats-cluster-'));
  const ports = await Promise.all(Array.from({ length: 2 * size }, freePort));
  const routes = ports.slice(size).map((port) => `nats://127.0.0.1:${port}`);
  const members = Array.from({ length: size }, (_, index): Member => {
    const name = `member-${index}`;
    const port = ports[index] ?? 0;
    const listen = ['-a', '127.0.0.1', '-p', String(port), '--user', user, '--pass', password];
    const cluster = ['--cluster_name', 'test', '--cluster', routes[index] ?? ''];
    const store = ['-js', '-sd', join(directory, name), '--name', name];
    return { name, port, args: [...listen, ...cluster, '--routes', routes.join(','), ...store] };
  });
  const url = members.map(({ port }) => `nats://${login}@127.0.0.1:${port}`).join(',');
  let away: Member | null = null;

  function launch(member: Member): void {
    member.server = spawn('nats-server', member.args, { stdio: 'ignore' });
  }

  const manager = async () => {
    const servers = members.map(({ port }) => `127.0.0.1:${port}`);
    const connection = await connect({ servers, user, pass: password, timeout: 2_000 });
    return { connection, jetstream: await connection.jetstreamManager({ timeout: 2_000 }) };
  };

  /** Null while there is no answer, or no leader. */
  async function asked<Value>(
    look: (jetstream: Awaited<ReturnType<typeof manager>>['jetstream']) => Promise<Value>,
  ): Promise<Value | null> {
    try {
      const { connection, jetstream } = await manager();
      return await look(jetstream).finally(() => connection.close());
    } catch {
      return null;
    }
  }

  const leader = async () => {
    const name = await until('a leader of the stream', () =>
      asked(async ({ streams }) => (await streams.info(stream)).cluster?.leader ?? null),
    );
    return members.find((member) => member.name === name) ?? null;
  };

  async function end({ server }: Member, signal: NodeJS.Signals): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  async function takeAway(signal: NodeJS.Signals): Promise<void> {
    away = await leader();
    if (away) await end(away, signal);
  }

  for (const member of members) launch(member);
  await until('a leader of JetStream', () => asked(({ streams }) => streams.list().next()));
  return {
    url,
    directory,
    pid: () => away?.server?.pid ?? 0,
    crash: () => takeAway('SIGKILL'),
    end: () => takeAway('SIGTERM'),
    async start() {
      if (away) launch(away);
      away = null;
    },
    async stop() {
      await Promise.all(members.map((member) => end(member, 'SIGTERM')));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
