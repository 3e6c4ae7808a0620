import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch } from '@coroner/schema/wire/batch';
import { eventStream, eventSubject } from '@coroner/schema/wire/subjects';
import { type ConsumerMessages, connect } from 'nats';
import { until } from '../stack/until.ts';

export interface Nats {
  url: string;
  pid: number;
  /** Hands over the events of a host as they come. */
  read(host: string, take: (event: Batch['events'][number]) => void): Promise<void>;
  /** Resolves when everything that the stream has was handed over. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/** A real nats-server on a free port, with the stream that agents write to, kept on disk. */
export async function startNats(): Promise<Nats> {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-storm-nats-'));
  const args = ['-a', '127.0.0.1', '-p', '-1', '-js', '-sd', folder, '--ports_file_dir', folder];
  const server = spawn('nats-server', args, { stdio: 'ignore' });
  const url = await until('nats-server tells its port', () => portOf(folder));
  const connection = await until('nats-server answers', () =>
    connect({ servers: url, reconnect: false }).catch(() => null),
  );
  const manager = await connection.jetstreamManager();
  await manager.streams.add({ name: eventStream.name, subjects: [...eventStream.subjects] });
  let taken = 0;
  let reading: ConsumerMessages | null = null;
  return {
    url,
    pid: server.pid as number,
    async read(host, take) {
      // Whole batches of the storm: more of them at once, and the server drops a slow reader.
      const mostAtOnce = 8;
      const options = { filterSubjects: eventSubject(host) };
      const consumer = await connection.jetstream().consumers.get(eventStream.name, options);
      reading = await consumer.consume({
        max_messages: mostAtOnce,
        callback: (message) => {
          for (const event of message.json<Batch>().events) take(event);
          taken++;
        },
      });
    },
    async caughtUp() {
      await until('every message is read', async () => {
        const filter = { subjects_filter: 'coroner.events.>' };
        const { state } = await manager.streams.info(eventStream.name, filter);
        const sent = Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
        return taken >= sent;
      });
    },
    async stop() {
      // An open reader would try to read again for ever.
      await reading?.close();
      await connection.close();
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The URL in nats-server_PID.ports, which the server writes when it listens. */
function portOf(folder: string): string | null {
  const file = existsSync(folder) && readdirSync(folder).find((name) => name.endsWith('.ports'));
  if (!file) return null;
  const text = readFileSync(join(folder, file), 'utf8');
  return /"(nats:\/\/[^"]+)"/.exec(text)?.[1] ?? null;
}
