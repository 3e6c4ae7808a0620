import { procText } from '../../procfs/process.ts';
import { hostMemory } from '../../risk/memory.ts';
import { type CgroupUse, cgroupReader, withAncestors } from './cgroups.ts';
import { type Residents, residents } from './processes.ts';

/** Memory at one time. Processes and cgroups are null where only the host was looked at. */
export interface Sample {
  readonly atMs: number;
  readonly totalKb: number;
  readonly availableKb: number;
  readonly swapTotalKb: number;
  readonly swapFreeKb: number;
  readonly pressureSome: number | null;
  readonly pressureFull: number | null;
  readonly residents: Residents | null;
  readonly cgroups: readonly CgroupUse[] | null;
}

/** Names of a process that was among the largest. */
export interface Named {
  readonly comm: string;
  readonly cgroup: string | null;
}

const largest = 12;
const mostCgroups = 24;
/** Below this many nobody's name need be forgotten. */
const mostNames = 500;

/** Takes samples, and keeps the names of those who were among the largest in one. */
export function sampler() {
  const cgroups = cgroupReader();
  const names = new Map<number, Named>();
  return {
    names,
    /** A few files. */
    host: (): Sample => ({ ...hostPart(), residents: null, cgroups: null }),
    /** A file for every process besides. */
    async whole(): Promise<Sample> {
      const found = await residents();
      const paths = new Set<string>();
      for (const pid of found.pids.subarray(0, largest)) {
        const comm = procText(`/proc/${pid}/comm`)?.replace(/\n$/, '');
        const cgroup = cgroups.pathOf(pid);
        if (comm !== undefined) names.set(pid, { comm, cgroup });
        for (const path of cgroup === null ? [] : withAncestors(cgroup)) paths.add(path);
      }
      const uses = [...paths].slice(0, mostCgroups).map((path) => cgroups.use(path));
      return {
        ...hostPart(),
        residents: found,
        cgroups: uses.filter((use) => use !== null),
      };
    },
    /** Forgets the names of those that no sample in the ring has. */
    forget(kept: readonly Sample[]): void {
      if (names.size < mostNames) return;
      const there = new Set(kept.flatMap((sample) => [...(sample.residents?.pids ?? [])]));
      for (const pid of names.keys()) if (!there.has(pid)) names.delete(pid);
    },
  };
}

function hostPart() {
  const { totalKb, availableKb, swapTotalKb, swapFreeKb, pressure } = hostMemory();
  return {
    atMs: Date.now(),
    totalKb,
    availableKb,
    swapTotalKb,
    swapFreeKb,
    pressureSome: pressure?.some.avg10 ?? null,
    pressureFull: pressure?.full.avg10 ?? null,
  };
}
