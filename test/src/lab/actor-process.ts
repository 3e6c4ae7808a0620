import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

const readyWithinMs = 60_000;

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
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return {
    child,
    pid: child.pid ?? 0,
    output: () => text,
    go: () => child.stdin.write('\n'),
    gone,
  };
}

/** The pid that the victim printed when it was ready; it counts in the victim's own namespace. */
export async function readyPid(staged: Staged): Promise<number> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const match = /ready (\d+)/.exec(staged.output());
    if (match) return Number(match[1]);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(
    `the victim was not ready within ${readyWithinMs} ms; it printed: ${staged.output()}`,
  );
}

/** Runs a command to its end; its pid stays known. Its exit status is not judged here. */
export async function runToEnd(command: string, args: readonly string[]): Promise<number> {
  const staged = await stage(command, args);
  await staged.gone;
  return staged.pid;
}
