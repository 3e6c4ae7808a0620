import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface AgentProcess {
  pid(): number;
  /** `most`: how many events it makes in all, if not as many as it was made for. */
  start(most?: number): void;
  /** Events that it made and committed so far. */
  generated(): number;
  /** Waits until it ended; what it ended with. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  /** What it logged so far, in all its runs. */
  log(): string;
  remove(): Promise<void>;
}

/** As built: a plain Node runs it. */
const script = fileURLToPath(new URL('../../dist/testing/generating-agent.js', import.meta.url));

export interface AgentPlace {
  environment?: Record<string, string>;
  /** Where its state is made; else in the folder for temporary files. */
  folder?: string;
  /** A command that it is run by, such as `ip netns exec NAME`. */
  within?: readonly string[];
  /** Between 50 events; without it they are made as fast as it can. */
  paceMs?: number;
}

/** An agent process of `host` that makes `events` events, to be killed and started again. */
export function agentProcess(
  host: string,
  natsUrl: string,
  events: number,
  { environment = {}, folder = tmpdir(), within = [], paceMs }: AgentPlace = {},
): AgentProcess {
  const stateDir = mkdtempSync(join(folder, 'coroner-agent-'));
  // What the events are made from is not what fails with the disk of the state.
  const positionDir = mkdtempSync(join(tmpdir(), 'coroner-position-'));
  const positionFile = join(positionDir, 'position');
  let child: ChildProcess | null = null;
  let log = '';

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const exited = once(child, 'exit');
    child.kill(signal);
    const [code] = await exited;
    return code as number | null;
  }

  return {
    pid: () => child?.pid ?? 0,
    generated: () => Number(existsSync(positionFile) ? readFileSync(positionFile, 'utf8') : 0),
    start(most = events) {
      const [command = '', ...args] = [...within, process.execPath, script, String(most)];
      const pace = paceMs === undefined ? [] : [String(paceMs)];
      child = spawn(command, [...args, positionFile, ...pace], {
        env: {
          ...process.env,
          CORONER_HOST: host,
          CORONER_STATE_DIR: stateDir,
          NATS_URL: natsUrl,
          ...environment,
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    },
    end,
    log: () => log,
    async remove() {
      await end('SIGKILL');
      for (const made of [stateDir, positionDir]) rmSync(made, { recursive: true, force: true });
    },
  };
}
