import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statOf } from '../stack/process.ts';
import { projectRoot } from '../stack/stack.ts';
import { until } from '../stack/until.ts';

const kbPerMb = 1024;
const sampleMs = 100;
const msPerTick = 10;

/** The real agent as a process, with its peak memory. */
export interface Agent {
  /** Of the one that runs. */
  pid(): number;
  /** SIGKILL, and a new one at once. */
  crash(): Promise<void>;
  /** SIGTERM, and waits for its end. */
  stop(): Promise<void>;
  /** Largest resident set of any of them, MB. */
  peakRssMb(): number;
  /** Processor time of all of them, start included. */
  cpuMs(): number;
}

/** The agent of this tree. */
export const fromSource = [
  process.execPath,
  join(projectRoot, 'agent/bin/coroner-agent.js'),
] as const;

/** `command` runs the agent when `run` follows it: by default that of this tree. */
export async function startAgent(
  environment: Record<string, string>,
  command: readonly [string, ...string[]] = fromSource,
): Promise<Agent> {
  let peakKb = 0;
  let endedCpuMs = 0;
  let child = await launch(environment, command);
  const sampling = setInterval(() => {
    peakKb = Math.max(peakKb, highWaterKb(child.pid ?? 0));
  }, sampleMs);
  async function end(signal: NodeJS.Signals): Promise<void> {
    peakKb = Math.max(peakKb, highWaterKb(child.pid ?? 0));
    endedCpuMs += cpuMsOf(child.pid ?? 0);
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return {
    pid: () => child.pid ?? 0,
    async crash() {
      await end('SIGKILL');
      child = await launch(environment, command);
    },
    async stop() {
      clearInterval(sampling);
      if (child.exitCode === null && child.signalCode === null) await end('SIGTERM');
    },
    peakRssMb: () => peakKb / kbPerMb,
    cpuMs: () => endedCpuMs + cpuMsOf(child.pid ?? 0),
  };
}

async function launch(
  environment: Record<string, string>,
  [program, ...words]: readonly [string, ...string[]],
): Promise<ChildProcess> {
  const child = spawn(program, [...words, 'run'], {
    // What it records is of no use afterwards.
    env: { PATH: process.env['PATH'], CORONER_KEEP_RECORDING: 'off', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await until('the agent is ready', () => {
    if (child.exitCode !== null) throw new Error(`the agent ended:\n${text}`);
    return text.includes('"msg":"ready"');
  });
  return child;
}

/** utime and stime, in ticks of 10 ms. */
function cpuMsOf(pid: number): number {
  const stat = statOf(pid);
  if (!stat) throw new Error(`there is no process ${pid}`);
  return (Number(stat(14)) + Number(stat(15))) * msPerTick;
}

/** VmHWM of /proc/PID/status, proc(5); 0 when it is gone. */
function highWaterKb(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    // Between two agents.
    return 0;
  }
}
