import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: what /proc counts time in, 100 on every Linux that we know. */
const ticksPerSecond = 100;
/** Fields 4 and 14 to 17 of /proc/PID/stat, proc_pid_stat(5). */
const parentField = 4;
const timeFields = [14, 15, 16, 17];

/** What a process, its children and those that it has waited for have used so far, in seconds. */
export function processorSeconds(pid: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)));
  const family = stats.filter((stat) => stat.pid === pid || stat.parent === pid);
  return family.reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond;
}

function statOf(pid: number): { pid: number; parent: number; ticks: number }[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, field 2, may hold anything: what follows its last bracket is field 3.
    const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number) => Number(after[number - 3]);
    const ticks = timeFields.reduce((sum, number) => sum + field(number), 0);
    return [{ pid, parent: field(parentField), ticks }];
  } catch {
    // It has ended since the folder was read.
    return [];
  }
}
