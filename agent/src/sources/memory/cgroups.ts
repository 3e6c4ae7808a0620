import { procText } from '../../procfs/process.ts';
import { memoryHierarchy } from '../../risk/cgroups.ts';
import { parsePressure } from '../../risk/memory.ts';

/** A memory cgroup at one time; `limitKb` null = none. */
export interface CgroupUse {
  readonly path: string;
  readonly limitKb: number | null;
  readonly usageKb: number | null;
  /** `some avg10` of memory.pressure; null on cgroup v1. */
  readonly pressureSome: number | null;
}

const bytesPerKb = 1024;
/** v1 writes "no limit" as the largest number of pages; no machine has this much. */
const noLimitBytes = 2 ** 60;
const filesOf = {
  1: { limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes' },
  2: { limit: 'memory.max', usage: 'memory.current' },
} as const;

/** Reads memory cgroups of this host: that of a process, and the use of one. */
export function cgroupReader() {
  const hierarchy = memoryHierarchy(procText('/proc/self/mounts') ?? '');
  return {
    /** Path of the process's memory cgroup; null when it is gone. */
    pathOf(pid: number): string | null {
      const lines = (procText(`/proc/${pid}/cgroup`) ?? '').split('\n');
      const line =
        hierarchy?.version === 1
          ? lines.find((each) => each.split(':')[1]?.split(',').includes('memory'))
          : lines.find((each) => each.startsWith('0::'));
      return line?.split(':').slice(2).join(':') ?? null;
    },
    /** Null when the cgroup is gone, or there are none. */
    use(path: string): CgroupUse | null {
      if (!hierarchy) return null;
      const { limit, usage } = filesOf[hierarchy.version];
      const read = (file: string) => procText(`${hierarchy.mount}${path}/${file}`);
      const usageKb = kb(read(usage));
      if (usageKb === null) return null;
      const pressureSome =
        hierarchy.version === 2
          ? (parsePressure(read('memory.pressure'))?.some.avg10 ?? null)
          : null;
      return { path, limitKb: kb(read(limit)), usageKb, pressureSome };
    },
  };
}

/** `/a/b/c`, `/a/b`, `/a`: the root's use is the host's. */
export function withAncestors(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`);
}

function kb(text: string | null): number | null {
  const size = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(size) || size >= noLimitBytes ? null : Math.floor(size / bytesPerKb);
}
