import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

const entry = resolve(fileURLToPath(import.meta.url), '../../../../../bot/bin/coroner-bot.js');

export interface RunningBot {
  pid: number;
  /** Log lines of the process, parsed. */
  log: Record<string, unknown>[];
  /** Resolves when it has said that it is ready, with the address that it names. */
  ready(): Promise<string>;
  /** SIGHUP. */
  reload(): void;
  /** SIGTERM, and the exit status. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** A bot process with this environment and nothing of ours besides PATH. */
export function runBot(environment: Record<string, string>): RunningBot {
  const stateDir = mkdtempSync(join(tmpdir(), 'coroner-bot-'));
  const child = spawn(process.execPath, [entry], {
    // Lines in threads come when a test wants them: most count messages.
    env: {
      PATH: process.env['PATH'],
      CORONER_STATE_DIR: stateDir,
      CORONER_OCCURRENCES_EVERY: '0',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: Record<string, unknown>[] = [];
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) log.push(parsed(line));
  });
  const ended = new Promise<number | null>((done) => {
    child.once('exit', (code) => {
      rmSync(stateDir, { recursive: true, force: true });
      done(code);
    });
  });
  return {
    pid: child.pid ?? 0,
    log,
    async ready() {
      const line = await until('the bot is ready', () => {
        if (hasEnded(child)) throw new Error(`the bot ended: ${JSON.stringify(log.slice(-5))}`);
        return log.find((each) => each['msg'] === 'ready');
      });
      return String(line['address']);
    },
    reload: () => void child.kill('SIGHUP'),
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // A line that is not pino's, such as a stack: kept for the failure message.
    return { msg: line };
  }
}
