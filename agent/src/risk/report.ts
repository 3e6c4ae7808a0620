import { candidates } from './candidates.ts';
import { type LimitedCgroup, limitedCgroups } from './cgroups.ts';
import { type HostMemory, hostMemory } from './memory.ts';
import { type Candidate, type Ranking, rank } from './rank.ts';

export interface CgroupRisk extends LimitedCgroup {
  readonly ranking: Ranking;
}

/** Who the kernel would kill next: for want of memory of the host, and of each limited cgroup. */
export interface RiskReport {
  readonly memory: HostMemory;
  readonly host: Ranking;
  readonly cgroups: readonly CgroupRisk[];
}

/** Reads the host as it is now. */
export function riskReport(): RiskReport {
  const memory = hostMemory();
  const processes = candidates();
  return {
    memory,
    host: rank(processes, memory.totalKb + memory.swapTotalKb),
    cgroups: limitedCgroups(memory.swapTotalKb).map((cgroup) => ({
      ...cgroup,
      ranking: rank(membersOf(processes, cgroup.path), cgroup.limitKb + cgroup.swapLimitKb),
    })),
  };
}

/** A shortage in a cgroup concerns the processes below it too. */
export function membersOf(processes: readonly Candidate[], path: string): Candidate[] {
  const below = path === '/' ? path : `${path}/`;
  return processes.filter(({ cgroup }) => cgroup === path || cgroup?.startsWith(below));
}
