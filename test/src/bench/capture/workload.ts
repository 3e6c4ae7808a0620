import type { Victims } from '../../victims/victims.ts';
import { type Running, type Sent, senderCpu } from '../collectors/collector.ts';
import { cpuMsOf, loadOf, settled } from '../cost.ts';

/** What signals are sent; `args` are those of test/src/victims/programs.c. */
export interface Workload {
  name: 'flat' | 'steady' | 'fork+kill';
  signal: Sent['signal'];
  args(ms: number): string[];
}

const steadyPerMs = 10;
export const workloads: readonly Workload[] = [
  { name: 'flat', signal: 'SIGTERM', args: (ms) => ['stream', `${ms}`] },
  { name: 'steady', signal: 'SIGTERM', args: (ms) => ['stream', `${ms}`, `${steadyPerMs}`] },
  { name: 'fork+kill', signal: 'SIGKILL', args: (ms) => ['storm-for', `${ms}`] },
];

export interface Outcome {
  sent: Sent & { count: number };
  /** By the clock on the wall. */
  ms: number;
  /** Of whoever recorded it, until it had worked it off; without what it took before, of other work. */
  cpuMs: number;
}

/** Runs a workload under a name of its own, beside a collector or alone. */
export async function outcomeOf(
  { args, signal }: Workload,
  ms: number,
  lab: Victims,
  running: Running | null,
): Promise<Outcome> {
  const comm = lab.name('wrk');
  const path = lab.program(comm);
  const pids = running?.pids ?? [];
  const load = running ? await loadOf(pids) : 0;
  const before = cpuMsOf(pids);
  const began = performance.now();
  const sender = lab.run('taskset', ['-c', senderCpu, path, ...args(ms)]);
  const { code } = await sender.end;
  const took = performance.now() - began;
  if (code !== 0) throw new Error(`${args(ms).join(' ')} ended with ${code}`);
  if (running) await settled(pids, load);
  const cpuMs = Math.max(0, cpuMsOf(pids) - before - load * (performance.now() - began));
  return { sent: { comm, signal, count: Number(sender.output()) }, ms: took, cpuMs };
}
