/** What the kernel's choice depends on, of one process; memory in KiB. */
export interface Candidate {
  readonly pid: number;
  readonly comm: string;
  readonly uid: number | null;
  readonly cgroup: string | null;
  /** Resident: anonymous, file-backed and shared. */
  readonly rssKb: number;
  readonly swapKb: number;
  readonly pageTablesKb: number;
  readonly oomScoreAdj: number;
  /** /proc/PID/oom_score: the kernel's own figure, for the host. */
  readonly oomScore: number | null;
  readonly isKernelThread: boolean;
}

export interface Ranked extends Candidate {
  /** Badness in KiB: what would be freed, moved by oom_score_adj. The highest is killed. */
  readonly badnessKb: number;
}

/** Who the kernel would kill, in its order, and who it never kills. */
export interface Ranking {
  readonly ranked: readonly Ranked[];
  readonly unkillable: readonly { readonly candidate: Candidate; readonly because: string }[];
}

const initPid = 1;
const neverAdj = -1000;
const adjRange = 1000;

/**
 * oom_badness() of mm/oom_kill.c since Linux 4.17: resident, swapped and page-table pages, and
 * oom_score_adj thousandths of all that may be used. `limitKb`: of the host memory and swap, of a
 * cgroup its limit.
 */
export function rank(candidates: readonly Candidate[], limitKb: number): Ranking {
  const ranked: Ranked[] = [];
  const unkillable: { candidate: Candidate; because: string }[] = [];
  for (const candidate of candidates) {
    const because = whyNever(candidate);
    if (because === null) ranked.push({ ...candidate, badnessKb: badness(candidate, limitKb) });
    else unkillable.push({ candidate, because });
  }
  // Of equals the kernel takes the first that it meets, and it goes by age: the lower pid, mostly.
  ranked.sort((a, b) => b.badnessKb - a.badnessKb || a.pid - b.pid);
  return { ranked, unkillable };
}

function badness({ rssKb, swapKb, pageTablesKb, oomScoreAdj }: Candidate, limitKb: number): number {
  return Math.round(rssKb + swapKb + pageTablesKb + (oomScoreAdj * limitKb) / adjRange);
}

function whyNever({ pid, isKernelThread, oomScoreAdj }: Candidate): string | null {
  if (isKernelThread) return 'a kernel thread';
  if (pid === initPid) return 'init';
  return oomScoreAdj === neverAdj ? 'oom_score_adj -1000' : null;
}
