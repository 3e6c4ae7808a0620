import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { until } from '../../stack/until.ts';

const readyWithinMs = 30_000;

/** A process of the laboratory with what it has printed so far. */
export interface Staged {
  child: ChildProcessWithoutNullStreams;
  pid: number;
  output(): string;
  /** Lets it do what it waits for. */
  go(): void;
  /** Resolves when it is gone. */
  gone: Promise<void>;
}

const running = new Set<ChildProcessWithoutNullStreams>();

/** Ends what is still running of all that was staged: a variant that failed may leave something. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts a process; rejects when it cannot be started. */
export async function stage(command: string, args: readonly string[]): Promise<Staged> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  child.stdin.on('error', () => {
    // The process may end before it reads: that is what it is here for.
  });
  running.add(child);
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => {
      running.delete(child);
      resolve();
    }),
  );
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      running.delete(child);
      reject(error);
    });
  });
  return {
    child,
    pid: child.pid ?? 0,
    output: () => text,
    go: () => child.stdin.write('\n'),
    gone,
  };
}

/** The pid that a victim or sender printed when it was ready; it counts in its own namespace. */
export async function readyPid(staged: Staged): Promise<number> {
  const found = await until(
    'a process of the laboratory is ready',
    () => /ready (\d+)/.exec(staged.output()),
    readyWithinMs,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; it printed: ${staged.output()}`);
  });
  return Number(found[1]);
}

/** Runs a command to its end; its pid stays known. Its exit status is not judged here. */
export async function runToEnd(command: string, args: readonly string[]): Promise<number> {
  const staged = await stage(command, args);
  await staged.gone;
  return staged.pid;
}
