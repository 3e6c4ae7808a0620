import { readdirSync } from 'node:fs';
import { procText, seenProcess } from '../procfs/process.ts';
import type { Candidate } from './rank.ts';

/** Every process of this host with what decides whether it is killed. */
export function candidates(): Candidate[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => candidate(Number(pid)) ?? []);
}

function candidate(pid: number): Candidate | null {
  const seen = seenProcess(pid);
  const status = procText(`/proc/${pid}/status`);
  const adj = procText(`/proc/${pid}/oom_score_adj`);
  const score = procText(`/proc/${pid}/oom_score`);
  if (!seen || status === null || adj === null) return null;
  const kb = (name: string) => kilobytes(status, name);
  const parts = (kb('RssAnon') ?? 0) + (kb('RssFile') ?? 0) + (kb('RssShmem') ?? 0);
  return {
    pid,
    comm: seen.comm,
    uid: seen.uid,
    cgroup: seen.cgroup,
    // The parts are told since Linux 4.5.
    rssKb: kb('RssAnon') === null ? (kb('VmRSS') ?? 0) : parts,
    swapKb: kb('VmSwap') ?? 0,
    pageTablesKb: (kb('VmPTE') ?? 0) + (kb('VmPMD') ?? 0),
    oomScoreAdj: Number(adj),
    oomScore: score === null ? null : Number(score),
    isKernelThread: seen.isKernelThread,
  };
}

/** `VmRSS:	 1234 kB`; the name is at the beginning of its line, which a process cannot forge. */
export function kilobytes(text: string, name: string): number | null {
  const value = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1];
  return value === undefined ? null : Number(value);
}
