import { procText } from '../procfs/process.ts';
import { kilobytes } from './candidates.ts';

interface Pressure {
  /** Share of the time in which a task waited for memory, in percent, over 10, 60 and 300 s. */
  readonly avg10: number;
  readonly avg60: number;
  readonly avg300: number;
}

/** Memory of the host and the settings that decide what happens without it, proc_sys_vm(5). */
export interface HostMemory {
  readonly totalKb: number;
  readonly availableKb: number;
  readonly swapTotalKb: number;
  readonly swapFreeKb: number;
  readonly commitLimitKb: number;
  readonly committedKb: number;
  /** 0 heuristic, 1 always, 2 never beyond the commit limit. */
  readonly overcommitMemory: number | null;
  readonly overcommitRatio: number | null;
  /** 0 kills, 1 panics unless the shortage is of a part, 2 always panics. */
  readonly panicOnOom: number | null;
  /** The one that asks for memory is killed, whatever its badness. */
  readonly killAllocatingTask: boolean;
  /** Since boot; null before Linux 4.13. */
  readonly oomKills: number | null;
  /** Some and all tasks waited; null without CONFIG_PSI. */
  readonly pressure: { readonly some: Pressure; readonly full: Pressure } | null;
}

export function hostMemory(): HostMemory {
  const meminfo = procText('/proc/meminfo') ?? '';
  const kb = (name: string) => kilobytes(meminfo, name) ?? 0;
  return {
    totalKb: kb('MemTotal'),
    availableKb: kilobytes(meminfo, 'MemAvailable') ?? kb('MemFree'),
    swapTotalKb: kb('SwapTotal'),
    swapFreeKb: kb('SwapFree'),
    commitLimitKb: kb('CommitLimit'),
    committedKb: kb('Committed_AS'),
    overcommitMemory: setting('overcommit_memory'),
    overcommitRatio: setting('overcommit_ratio'),
    panicOnOom: setting('panic_on_oom'),
    killAllocatingTask: setting('oom_kill_allocating_task') === 1,
    oomKills: counter(procText('/proc/vmstat') ?? '', 'oom_kill'),
    pressure: parsePressure(procText('/proc/pressure/memory')),
  };
}

/** `some avg10=0.00 avg60=0.00 avg300=0.00 total=109199` and the same for `full`. */
export function parsePressure(text: string | null): HostMemory['pressure'] {
  const of = (which: string): Pressure | null => {
    const line = new RegExp(`^${which} avg10=([\\d.]+) avg60=([\\d.]+) avg300=([\\d.]+)`, 'm');
    const found = line.exec(text ?? '');
    if (!found) return null;
    return { avg10: Number(found[1]), avg60: Number(found[2]), avg300: Number(found[3]) };
  };
  const some = of('some');
  const full = of('full');
  return some && full ? { some, full } : null;
}

/** `name value` lines, as of vmstat and memory.stat. */
export function counter(text: string, name: string): number | null {
  const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1];
  return value === undefined ? null : Number(value);
}

function setting(name: string): number | null {
  const text = procText(`/proc/sys/vm/${name}`);
  return text === null ? null : Number(text);
}
