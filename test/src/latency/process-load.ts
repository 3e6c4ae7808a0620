import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** USER_HZ: what /proc counts time in, 100 on every Linux that we know. */
const ticksPerSecond = 100;
const kbPerMb = 1024;
const userTimeField = 13;
const systemTimeField = 14;

export interface Load {
  rssMb: number;
  /** Of one core. */
  cpuPercent: number;
}

/** Memory of a process, and its processor time over `forMs`. */
export async function loadOf(pid: number, forMs: number): Promise<Load> {
  const before = cpuTicks(pid);
  const began = performance.now();
  await sleep(forMs);
  const seconds = (performance.now() - began) / 1000;
  const cpuPercent = ((cpuTicks(pid) - before) / ticksPerSecond / seconds) * 100;
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { rssMb: Number(rss) / kbPerMb, cpuPercent };
}

/** Fields 14 and 15 of /proc/PID/stat, proc_pid_stat(5). */
function cpuTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = ` ${stat.slice(stat.lastIndexOf(')') + 1).trim()}`.split(' ');
  return Number(fields[userTimeField - 1]) + Number(fields[systemTimeField - 1]);
}
