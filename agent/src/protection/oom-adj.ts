/** oom_score_adj, proc_pid_oom_score_adj(5). */
export const range = { least: -1000, most: 1000 } as const;
/** oom_adj, before Linux 2.6.36. */
export const oldRange = { least: -17, most: 15 } as const;

/** As the kernel translates what is written to /proc/PID/oom_adj: the ends to the ends, the rest in proportion. */
export function fromOomAdj(oomAdj: number): number {
  if (oomAdj === oldRange.most) return range.most;
  // `|| 0`: no negative zero.
  return Math.trunc((oomAdj * range.most) / -oldRange.least) || 0;
}
