import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RunFile } from '@coroner/schema/run-file';
import { isGone } from './process.ts';
import { until } from './until.ts';

export const projectRoot = resolve(fileURLToPath(import.meta.url), '../../../..');

/** Everything that `npm start` starts, on free ports and with a state directory of its own. */
export interface Stack {
  stateDir: string;
  /** The npm process. */
  npm: ChildProcess;
  /** run.json as it is now. */
  run(): RunFile;
  /** What it printed so far. */
  output(): string;
  /** Resolves with npm's exit status when it has ended by whatever reason. */
  ended: Promise<number | null>;
  /** SIGTERM to npm; fails when a process is left over; removes the state directory. */
  stop(): Promise<void>;
}

export interface StackOptions {
  environment?: Record<string, string>;
  /** An existing state directory, which `stop` then keeps. Without one the database is there already. */
  stateDir?: string;
  /** Uid and gid to run as. */
  user?: number;
  /** Shell commands that mount what this stack alone sees, in a mount namespace of its own. */
  mounts?: string;
}

/** Names a state directory whose database others begin with. */
export const preparedState = 'CORONER_TEST_STATE';
const startPatienceMs = 300_000;
const stopPatienceMs = 120_000;

/** Runs the real `npm start` without a terminal, and waits until it says that it is ready. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const stack = launchStack(options);
  let over = false;
  void stack.ended.then(() => {
    over = true;
  });
  await until(
    'npm start is ready',
    () => {
      if (over) throw new Error(`npm start ended:\n${stack.output()}`);
      return /ready after [\d.]+ s\. The hub/.test(stack.output());
    },
    startPatienceMs,
  ).catch(async (error: Error) => {
    await stack.stop();
    throw new Error(`${error.message}\n${stack.output()}`);
  });
  return stack;
}

/** The same without waiting. */
export function launchStack({
  environment = {},
  stateDir,
  user,
  mounts,
}: StackOptions = {}): Stack {
  const folder = stateDir ?? newStateDir(user);
  const [program, ...words] =
    mounts === undefined
      ? ['npm', 'start']
      : ['unshare', '--mount', 'sh', '-c', `set -e\n${mounts}\nexec npm start`];
  const npm = spawn(program as string, words, {
    cwd: projectRoot,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      CORONER_STATE_DIR: folder,
      CORONER_API_PORT: '0',
      CORONER_NATS_PORT: '0',
      CORONER_POSTGRES_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  let text = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const ended = new Promise<number | null>((done) => npm.once('exit', (code) => done(code)));
  const run = () => RunFile.parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')));
  const processes = () => Object.values(readProcesses(folder)).map(({ pid }) => pid);
  return {
    stateDir: folder,
    npm,
    run,
    output: () => text,
    ended,
    async stop() {
      // Once it has ended the file is another start's.
      const pids = npm.exitCode === null && npm.signalCode === null ? processes() : [];
      npm.kill('SIGTERM');
      await ended;
      await until('every process has ended', () => pids.every(isGone), stopPatienceMs);
      if (!stateDir) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newStateDir(user: number | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-stack-'));
  const prepared = process.env[preparedState];
  // Another user could not open what is root's.
  if (prepared && user === undefined)
    for (const name of ['secrets.json', 'postgres'])
      execFileSync('cp', ['-a', join(prepared, name), folder]);
  return folder;
}

/** What a start with this state directory runs, by part. */
export function readProcesses(folder: string): Record<string, { pid: number }> {
  try {
    return JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8'));
  } catch {
    // It ended before it started anything, or has stopped already.
    return {};
  }
}
