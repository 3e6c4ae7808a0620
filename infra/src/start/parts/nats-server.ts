import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectRoot } from '../config.ts';
import type { Part } from '../process/supervise.ts';
import type { Secrets } from '../state/secrets.ts';
import { replaceFile } from '../state/write-file.ts';
import { type NatsUser, natsUsers } from './nats-permissions.ts';

export interface NatsSettings {
  folder: string;
  port: number;
  host: string;
  secrets: Secrets['nats'];
  shared: Record<string, string>;
}

const template = join(projectRoot, 'infra/nats/nats-server.conf');
/** Where set-up unpacks the server when it may not install packages. */
const unpacked = join(projectRoot, 'node_modules/.coroner/usr/sbin');

/** nats-server with JetStream, on loopback, with a user for each part. */
export function natsServer({ folder, port, host, secrets, shared }: NatsSettings): Part {
  const config = join(folder, 'nats-server.conf');
  const users = natsUsers(secrets, host).map(userBlock).join('\n');
  const text = readFileSync(template, 'utf8')
    .replace('{{listen}}', () => `127.0.0.1:${port}`)
    .replace('{{storeDir}}', () => quoted(join(folder, 'jetstream')))
    .replace('{{users}}', () => users);
  replaceFile(config, text);
  return {
    name: 'nats',
    launch: {
      command: findNatsServer(shared['PATH'] ?? ''),
      args: ['-c', config],
      env: { PATH: shared['PATH'] ?? '', HOME: shared['HOME'] ?? '/' },
      stopSignal: 'SIGTERM',
    },
    isReady: (line) => line.includes('Server is ready'),
  };
}

function findNatsServer(path: string): string {
  const folders = [...path.split(delimiter), '/usr/local/sbin', '/usr/sbin', unpacked];
  const found = folders
    .map((folder) => join(folder, 'nats-server'))
    .find((file) => existsSync(file));
  if (found) return found;
  throw new Error(
    'nats-server is not installed. Run as root: apt-get install nats-server, ' +
      'or set NATS_URL to a server with JetStream of your own.',
  );
}

function userBlock({ user, password, publish, subscribe }: NatsUser): string {
  const list = (subjects: string[]) => subjects.map((each) => `"${quoted(each)}"`).join(', ');
  return `      {
        user: "${quoted(user)}", password: "${quoted(password)}"
        permissions: { publish: [${list(publish)}], subscribe: [${list(subscribe)}] }
      }`;
}

/** For between double quotes in nats-server's configuration. */
const quoted = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
