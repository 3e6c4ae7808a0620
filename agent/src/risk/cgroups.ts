import { existsSync, readdirSync } from 'node:fs';
import { procText } from '../procfs/process.ts';
import { counter } from './memory.ts';

/** A memory cgroup with a limit; sizes in KiB. */
export interface LimitedCgroup {
  /** As /proc/PID/cgroup shows it. */
  readonly path: string;
  readonly limitKb: number;
  /** What its processes may use of swap beyond the limit. */
  readonly swapLimitKb: number;
  readonly usageKb: number;
  /** Usage without file pages that the kernel gives up first. */
  readonly workingSetKb: number;
  /** Share of the limit that the working set takes. */
  readonly nearness: number;
  /** memory.oom.group: all of its processes are killed together. */
  readonly killsTogether: boolean;
  /** memory.oom_control of v1: nobody is killed, they wait. */
  readonly killDisabled: boolean;
  readonly oomKills: number | null;
}

const bytesPerKb = 1024;
/** v1 writes "no limit" as the largest number of pages; no machine has this much. */
const noLimitBytes = 2 ** 60;

interface Hierarchy {
  readonly mount: string;
  readonly version: 1 | 2;
}

/** All memory cgroups that have a limit, the nearest to it first. */
export function limitedCgroups(swapTotalKb: number): LimitedCgroup[] {
  const hierarchy = memoryHierarchy(procText('/proc/self/mounts') ?? '');
  if (!hierarchy) return [];
  return [...folders(hierarchy.mount, '')]
    .flatMap((path) => limited(hierarchy, path, swapTotalKb) ?? [])
    .sort((a, b) => b.nearness - a.nearness || a.path.localeCompare(b.path));
}

/** v1 where the memory controller has a hierarchy of its own, else v2; null without either. */
export function memoryHierarchy(mounts: string): Hierarchy | null {
  const lines = mounts.split('\n').map((line) => line.split(' '));
  const v1 = lines.find(
    ([, , type, options]) => type === 'cgroup' && options?.split(',').includes('memory'),
  );
  if (v1?.[1]) return { mount: v1[1], version: 1 };
  const v2 = lines.find(([, , type]) => type === 'cgroup2');
  return v2?.[1] ? { mount: v2[1], version: 2 } : null;
}

function* folders(mount: string, path: string): Generator<string> {
  yield path === '' ? '/' : path;
  let entries: string[];
  try {
    entries = readdirSync(mount + path, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch {
    // It was removed in between.
    return;
  }
  for (const name of entries) yield* folders(mount, `${path}/${name}`);
}

function limited({ mount, version }: Hierarchy, path: string, swapTotalKb: number) {
  const folder = `${mount}${path}`;
  const read = (file: string) => procText(`${folder}/${file}`);
  const names = version === 1 ? filesV1 : filesV2;
  const limitBytes = bytes(read(names.limit));
  if (limitBytes === null || !existsSync(folder)) return null;
  const usageBytes = bytes(read(names.usage)) ?? 0;
  const stat = read('memory.stat') ?? '';
  const idle = counter(stat, 'total_inactive_file') ?? counter(stat, 'inactive_file') ?? 0;
  const swapBytes = bytes(read(names.swap));
  const swapBeyond = version === 1 && swapBytes !== null ? swapBytes - limitBytes : swapBytes;
  const swapLimitKb = Math.max(
    0,
    Math.floor((swapBeyond ?? Number.POSITIVE_INFINITY) / bytesPerKb),
  );
  const control = read('memory.oom_control') ?? read('memory.events') ?? '';
  const workingSet = Math.max(0, usageBytes - idle);
  return {
    path,
    limitKb: Math.floor(limitBytes / bytesPerKb),
    swapLimitKb: Math.min(swapLimitKb, swapTotalKb),
    usageKb: Math.floor(usageBytes / bytesPerKb),
    workingSetKb: Math.floor(workingSet / bytesPerKb),
    nearness: limitBytes === 0 ? 1 : workingSet / limitBytes,
    killsTogether: read('memory.oom.group')?.trim() === '1',
    killDisabled: counter(control, 'oom_kill_disable') === 1,
    oomKills: counter(control, 'oom_kill'),
  };
}

const filesV1 = {
  limit: 'memory.limit_in_bytes',
  usage: 'memory.usage_in_bytes',
  swap: 'memory.memsw.limit_in_bytes',
} as const;
const filesV2 = { limit: 'memory.max', usage: 'memory.current', swap: 'memory.swap.max' } as const;

/** A size in bytes; null where there is no file, or no limit. */
function bytes(text: string | null): number | null {
  const size = text === null ? Number.NaN : Number(text);
  return Number.isNaN(size) || size >= noLimitBytes ? null : size;
}
