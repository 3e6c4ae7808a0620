import { readdirSync } from 'node:fs';
import { endFacts, procText, seenProcess, startOf } from '../../../procfs/process.ts';
import { forked, fromProc, isStartOf, type Known } from './known.ts';

/** The processes of this host, kept by the kernel's events. */
export interface ProcessTable {
  get(pid: number): Known | undefined;
  /** The process of a thread; null when it is not known and gone. */
  ofThread(tid: number): Known | null;
  fork(pid: number, comm: string, atUs: number, parent: Known | null): void;
  addThread(tid: number, process: Known): void;
  removeThread(tid: number): void;
  remove(pid: number): void;
  /** Those that are not there any more although nobody told: after a loss. */
  vanished(): Known[];
}

/** Begins with what runs now. */
export function processTable(): ProcessTable {
  const processes = new Map<number, Known>();
  const threads = new Map<number, number>();
  for (const pid of runningPids()) add(pid);

  return {
    get: (pid) => processes.get(pid),
    ofThread(tid) {
      if (tid <= 0) return null;
      const known = processes.get(threads.get(tid) ?? tid);
      if (known) return known;
      const group = threadGroup(tid);
      if (group === null) return null;
      if (group !== tid) threads.set(tid, group);
      return processes.get(group) ?? add(group);
    },
    fork(pid, comm, atUs, parent) {
      threads.delete(pid);
      processes.set(pid, forked(pid, comm, atUs, parent));
    },
    addThread(tid, process) {
      threads.set(tid, process.pid);
      process.threads += 1;
    },
    removeThread: (tid) => void threads.delete(tid),
    remove: (pid) => void processes.delete(pid),
    vanished() {
      const running = new Set(runningPids());
      for (const [tid, pid] of threads) if (!running.has(pid)) threads.delete(tid);
      for (const pid of running) if (!processes.has(pid)) add(pid);
      return [...processes.values()].filter((known) => {
        const startUs = running.has(known.pid) ? startOf(known.pid) : null;
        return startUs === null || !isStartOf(known, startUs);
      });
    },
  };

  function add(pid: number): Known | null {
    const stat = procText(`/proc/${pid}/stat`);
    const seen = seenProcess(pid);
    if (!stat || !seen) return null;
    const { isExiting, threads: count } = endFacts(stat);
    if (isExiting && count <= 1) return null;
    const known = fromProc(seen, count);
    processes.set(pid, known);
    return known;
  }
}

const runningPids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

function threadGroup(tid: number): number | null {
  const group = /^Tgid:\s+(\d+)/m.exec(procText(`/proc/${tid}/status`) ?? '')?.[1];
  return group === undefined ? null : Number(group);
}
