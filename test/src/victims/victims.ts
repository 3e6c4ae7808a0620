import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../stack/stack.ts';

/** How a process really ended, as its parent saw it. */
interface End {
  code: number | null;
  signal: string | null;
}

export interface Victim {
  pid: number;
  path: string;
  argv: string[];
  /** Resolves when it has said that it is up. */
  up: Promise<void>;
  end: Promise<End>;
  /** What it printed. */
  output(): string;
  child: ChildProcess;
}

/** A folder of programs with names of their own, and the processes that ran from it. */
export interface Victims {
  folder: string;
  /** A name that nothing else on this machine has: it fits into a comm. */
  name(prefix?: string): string;
  /** Copies the program of programs.c (or another one) under this name. */
  program(name: string, from?: string): string;
  /** Runs it: `what` is argv from 1 on. */
  run(path: string, what: string[], options?: SpawnOptions): Victim;
  /** Runs a sender to its end. */
  send(command: string, args: string[], options?: SpawnOptions): Promise<Victim>;
  /** Kills what still lives, and removes the folder. */
  clean(): Promise<void>;
}

const source = join(projectRoot, 'test/src/victims/programs.c');
const readableForAll = 0o755;

export function victims(): Victims {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-victims-'));
  chmodSync(folder, readableForAll);
  const compiled = join(folder, 'programs');
  execFileSync('gcc', ['-O1', '-Wall', '-Werror', '-o', compiled, source]);
  const all: Victim[] = [];
  const run = (path: string, what: string[], options: SpawnOptions = {}): Victim => {
    const child = spawn(path, what, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
    let text = '';
    const up = new Promise<void>((resolve) => {
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.includes('up\n')) resolve();
      });
    });
    const end = new Promise<End>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    end.catch(() => undefined); // Whoever waits for it sees it.
    const victim = { pid: child.pid ?? 0, path, argv: [path, ...what], up, end, child };
    all.push({ ...victim, output: () => text });
    return { ...victim, output: () => text };
  };
  return {
    folder,
    name: (prefix = 'vic') => `${prefix}-${randomBytes(4).toString('hex')}`,
    program(name, from = compiled) {
      const path = join(folder, name);
      copyFileSync(from, path);
      chmodSync(path, readableForAll);
      return path;
    },
    run,
    async send(command, args, options = {}) {
      const sender = run(command, args, options);
      await sender.end;
      return sender;
    },
    async clean() {
      for (const { child } of all) if (child.exitCode === null) child.kill('SIGKILL');
      await Promise.all(all.map(({ end }) => end.catch(() => undefined)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
