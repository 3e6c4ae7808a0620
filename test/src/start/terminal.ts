import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGone } from '../stack/process.ts';
import { projectRoot, readProcesses } from '../stack/stack.ts';
import { until } from '../stack/until.ts';

/** A command on a real terminal: the pty of script(1). */
export interface Terminal {
  stateDir: string;
  type(keys: string): void;
  output(): string;
  shows(text: string): Promise<unknown>;
  ended: Promise<unknown>;
  /** Closes the terminal, as a window or a connection that goes away, and waits for what ran behind it. */
  close(): Promise<void>;
}

export function terminal(command: string): Terminal {
  const stateDir = mkdtempSync(join(tmpdir(), 'coroner-terminal-'));
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: projectRoot,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TERM: 'xterm',
      CORONER_STATE_DIR: stateDir,
      CORONER_API_PORT: '0',
      CORONER_NATS_PORT: '0',
      CORONER_POSTGRES_PORT: '0',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stdin.on('error', () => undefined); // The terminal is closed already.
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    stateDir,
    type: (keys) => void child.stdin.write(keys),
    output: () => text,
    shows: (wanted) =>
      until(`the terminal shows ${wanted}`, () => text.includes(wanted)).catch((error: Error) => {
        throw new Error(`${error.message}\n${text}`);
      }),
    ended,
    async close() {
      const behind = Object.values(readProcesses(stateDir));
      child.kill('SIGKILL');
      await ended;
      // They write into the state directory as long as they run.
      await until('what ran behind the terminal has ended', () =>
        behind.every(({ pid }) => isGone(pid)),
      );
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
