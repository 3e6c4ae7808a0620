import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const nsPerMs = 1e6;
const kbPerMb = 1024;

export interface Memory {
  rssMb: number;
  /** What it shares is divided by those that share it. */
  pssMb: number;
}

/** Processor time of all threads that processes have now, in ms: /proc/PID/task/TID/schedstat. */
export function cpuMsOf(pids: readonly number[]): number {
  let ns = 0;
  for (const pid of pids)
    for (const task of readdirSync(`/proc/${pid}/task`))
      ns += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
  return ns / nsPerMs;
}

/** Memory of processes, /proc/PID/smaps_rollup. */
export function memoryOf(pids: readonly number[]): Memory {
  const sum = { rssMb: 0, pssMb: 0 };
  for (const pid of pids) {
    const text = rollupOf(pid);
    sum.rssMb += Number(/^Rss: +(\d+)/m.exec(text)?.[1] ?? 0) / kbPerMb;
    sum.pssMb += Number(/^Pss: +(\d+)/m.exec(text)?.[1] ?? 0) / kbPerMb;
  }
  return sum;
}

function rollupOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  } catch (error) {
    // A thread of the kernel has no memory of its own.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return '';
    throw error;
  }
}

const lookMs = 300;
const settledWithinMs = 20_000;
/** Of a core: what a program takes that has nothing to do. */
const nearlyNothing = 0.02;

/** Share of a core that processes take just now, from what else happens on this host. */
export async function loadOf(pids: readonly number[]): Promise<number> {
  const [before, began] = [cpuMsOf(pids), performance.now()];
  await sleep(lookMs);
  return (cpuMsOf(pids) - before) / (performance.now() - began);
}

/** Waits until processes have worked off what they had to do, and take as little as they did before. */
export async function settled(pids: readonly number[], loadBefore = 0): Promise<void> {
  const deadline = performance.now() + settledWithinMs;
  while ((await loadOf(pids)) > 1.5 * loadBefore + nearlyNothing)
    if (performance.now() > deadline) return;
}
