import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, type ProcessIdentity } from './identity.ts';
import { type Launch, launch } from './launch.ts';
import { onLines } from './lines.ts';

/** A program that we keep running. */
export interface Part {
  name: string;
  launch: Launch;
  /** Recognises the line with which it says that it can be used. */
  isReady(line: string): boolean;
}

export interface Watcher {
  /** Each line that the part prints. */
  line(part: string, line: string): void;
  /** A process of the part was started. */
  started(part: string, process: ProcessIdentity): void;
  /** That process is ready. */
  ready(part: string, afterMs: number): void;
  /** It ended without being asked to; `restartInMs` null: it is not started again. */
  ended(part: string, how: string, restartInMs: number | null): void;
}

export interface Supervised {
  name: string;
  /** When it is ready for the first time; rejects with its last lines when it never will be. */
  ready: Promise<void>;
  stop(): Promise<void>;
  /** At once and by force. */
  kill(): void;
}

const firstRestartMs = 200;
const slowestRestartMs = 15_000;
const provenAfterMs = 10_000;
const stopWithinMs = 10_000;
const startAttempts = 3;
const keptLines = 12;

/**
 * Keeps a part running: starts it again whenever it ends, with growing pauses.
 *
 *   starting ──ready──► running ──ends──► pausing ──► starting …      stop() from anywhere ──► gone
 *
 * A part that ends three times before it was ever ready is given up.
 */
export function supervise(part: Part, watcher: Watcher): Supervised {
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  let everReady = false;
  let settle = { resolve: () => {}, reject: (_error: Error) => {} };
  const ready = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  ready.catch(() => undefined); // Whoever waits for it has a promise of his own to handle.

  const runOnce = async () => {
    const began = performance.now();
    const running = launch(part.launch);
    child = running;
    const identity = running.pid === undefined ? null : identify(running.pid);
    if (identity) watcher.started(part.name, identity);
    const lines: string[] = [];
    const take = (line: string) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      watcher.line(part.name, line);
      if (!part.isReady(line)) return;
      everReady = true;
      watcher.ready(part.name, performance.now() - began);
      settle.resolve();
    };
    for (const stream of [running.stdout, running.stderr]) if (stream) onLines(stream, take);
    const how = await new Promise<string>((resolve) => {
      running.once('error', (error) => resolve(error.message));
      running.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
    });
    return { how, livedMs: performance.now() - began, lines };
  };

  const keepRunning = async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const { how, livedMs, lines } = await runOnce();
      if (stopping.signal.aborted) return;
      failures = livedMs > provenAfterMs ? 1 : failures + 1;
      if (!everReady && failures >= startAttempts) {
        watcher.ended(part.name, how, null);
        settle.reject(new Error(`${part.name} does not start (${how}):\n${lines.join('\n')}`));
        return;
      }
      const pauseMs = Math.min(firstRestartMs * 2 ** (failures - 1), slowestRestartMs);
      watcher.ended(part.name, how, pauseMs);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };

  const gone = keepRunning();
  return {
    name: part.name,
    ready,
    async stop() {
      stopping.abort();
      settle.reject(new Error(`${part.name} was stopped before it was ready`));
      child?.kill(part.launch.stopSignal);
      const force = setTimeout(() => child?.kill('SIGKILL'), stopWithinMs);
      await gone;
      clearTimeout(force);
    },
    kill() {
      stopping.abort();
      child?.kill('SIGKILL');
    },
  };
}
