import { basename } from 'node:path';
import type { SeenProcess } from '../../../procfs/process.ts';

/** A signal that reached a process and could end it. */
export interface Received {
  readonly number: number;
  readonly code: number;
  readonly group: boolean;
  readonly firstUs: number;
  lastUs: number;
  count: number;
  /** The task that ran: a process that is known, the victim itself, or nobody. */
  readonly sender: Sender;
}

export interface Sender {
  readonly key: Known | null;
  readonly isVictim: boolean;
  /** Had passed its own end; null when records are missing that would tell. */
  readonly exiting: boolean | null;
  readonly kernelThread: boolean;
  readonly inInterrupt: boolean;
  /** As it was at that moment, its ancestors nearest first. */
  readonly process: Identity | null;
  readonly ancestors: readonly Identity[];
}

/** What is shown of a process. */
export interface Identity {
  readonly pid: number;
  readonly comm: string;
  readonly startUs: number | null;
  readonly uid: number | null;
  readonly seen: SeenProcess | null;
  readonly exe: string | null;
}

/** A process that runs, by what the kernel told of it and what /proc did. */
export interface Known {
  readonly pid: number;
  ppid: number;
  comm: string;
  /**
   * CLOCK_BOOTTIME when it was forked, as the kernel told; of what ran before us, as /proc says; null
   * of what ended before we could look.
   */
  readonly startUs: number | null;
  uid: number | null;
  exe: string | null;
  /** From /proc since its last exec, or of the parent that it was forked from. */
  seen: SeenProcess | null;
  /** Threads that run, as far as they were counted. */
  threads: number;
  signals: Received[];
  signalsLost: number;
  oomMarked: boolean;
}

const commBytes = 15;
const mostSignals = 8;
const startToleranceUs = 20_000;

export function identityOf({ pid, comm, startUs, uid, seen, exe }: Known): Identity {
  return { pid, comm, startUs, uid, seen, exe };
}

/** Whether a start that /proc shows, in ticks of 10 ms, is that of this process. */
export function isStartOf(known: Known, startUs: number): boolean {
  return known.startUs !== null && Math.abs(startUs - known.startUs) <= startToleranceUs;
}

/** Whether it was there at that time: the pid may have been another's before. */
export const wasThere = ({ startUs }: Known, atUs: number): boolean =>
  startUs === null || startUs <= atUs + startToleranceUs;

/** Of whom nothing is left but what the kernel wrote down then. */
export function stranger(pid: number, comm: string): Known {
  const facts = { ppid: 0, startUs: null, uid: null, exe: null, seen: null, threads: 1 };
  return { ...unharmed(), pid, comm, ...facts };
}

/** A process that /proc shows. */
export function fromProc(seen: SeenProcess, threads: number): Known {
  const { pid, ppid, comm, startUs, uid, exe } = seen;
  return { ...unharmed(), pid, ppid, comm, startUs, uid, exe, seen, threads };
}

/** A process that was just forked: until it execs, its command line is its parent's. */
export function forked(pid: number, comm: string, startUs: number, parent: Known | null): Known {
  return {
    ...unharmed(),
    pid,
    comm,
    startUs,
    ppid: parent?.pid ?? 0,
    uid: null,
    exe: parent?.exe ?? null,
    seen: parent?.seen ?? null,
    threads: 1,
  };
}

const unharmed = () => ({ signals: [], signalsLost: 0, oomMarked: false });

/** It runs another program now. `seen` is null when it was gone before /proc was read. */
export function execed(known: Known, filename: string, seen: SeenProcess | null): void {
  known.comm = seen?.comm ?? basename(filename).slice(0, commBytes);
  known.exe = seen?.exe ?? (filename.startsWith('/') ? filename : null);
  known.seen = seen;
  known.uid = seen?.uid ?? known.uid;
  known.threads = 1;
}

/** Equal signals of one sender are one record with a count; of many the oldest give way. */
export function receive(known: Known, signal: Received): void {
  const equal = known.signals.find(
    ({ number, code, sender }) =>
      number === signal.number &&
      code === signal.code &&
      sender.key === signal.sender.key &&
      sender.key !== null,
  );
  if (equal) {
    equal.count += 1;
    equal.lastUs = signal.firstUs;
    return;
  }
  known.signals.push(signal);
  if (known.signals.length <= mostSignals) return;
  known.signals.shift();
  known.signalsLost += 1;
}
