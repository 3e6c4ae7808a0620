import { hostMemory } from '../../risk/memory.ts';
import type { CgroupUse } from './cgroups.ts';
import { neighbours } from './neighbours.ts';
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

/** Takes samples, and keeps the names of those that are in them. */
export function sampler() {
  const known = neighbours();
  return {
    nameOf: known.nameOf,
    /** A few files. */
    host: (): Sample => ({ ...hostPart(), residents: null, cgroups: null }),
    /** A file for every process and for every cgroup with a limit besides. */
    async whole(): Promise<Sample> {
      const found = await residents();
      return { ...hostPart(), residents: found, cgroups: known.meet(found.pids) };
    },
    /** Forgets who is in none of these samples. */
    forget: (kept: readonly Sample[]) =>
      known.forget(() => kept.flatMap((sample) => [...(sample.residents?.pids ?? [])])),
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
