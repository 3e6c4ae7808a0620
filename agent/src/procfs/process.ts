import { readFileSync, readlinkSync } from 'node:fs';

/** A process as /proc shows it, proc(5). */
export interface SeenProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly comm: string;
  readonly pgid: number;
  readonly sid: number;
  /** CLOCK_BOOTTIME at its start, µs; good to a clock tick of 10 ms. */
  readonly startUs: number;
  readonly isKernelThread: boolean;
  readonly uid: number | null;
  readonly auid: number | null;
  readonly auditSession: number | null;
  readonly exe: string | null;
  readonly cmdline: string[] | null;
  readonly cgroup: string | null;
  /** Its pid inside its own pid namespace, where that is another. */
  readonly innerPid: number | null;
}

/** USER_HZ is 100 on every architecture that Linux still has. */
const usPerTick = 10_000;
const kernelThreadFlag = 0x200000;
const exitingFlag = 0x4;
const unset = 0xffffffff;
const maxCmdlineBytes = 4096;

/** What a running process is now; null when it is gone, or hidden (hidepid). */
export function seenProcess(pid: number): SeenProcess | null {
  const stat = procText(`/proc/${pid}/stat`);
  const facts = stat === null ? null : statFacts(stat);
  if (!facts) return null;
  const status = procText(`/proc/${pid}/status`);
  return {
    pid,
    ...facts,
    uid: statusUid(status),
    innerPid: innerPid(status, pid),
    auid: setNumber(procText(`/proc/${pid}/loginuid`)),
    auditSession: setNumber(procText(`/proc/${pid}/sessionid`)),
    exe: executable(pid),
    cmdline: facts.isKernelThread ? null : argv(procText(`/proc/${pid}/cmdline`)),
    cgroup: cgroupPath(procText(`/proc/${pid}/cgroup`)),
  };
}

/** Start of a process in µs since boot: with the pid its identity; null when it is gone. */
export function startOf(pid: number): number | null {
  const stat = procText(`/proc/${pid}/stat`);
  return (stat === null ? null : statFacts(stat))?.startUs ?? null;
}

/** `pid (comm) state ppid pgrp session …`; the name may hold spaces and parentheses. */
export function statFacts(stat: string) {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const fields = stat.slice(close + 2).split(' ');
  return {
    comm: stat.slice(open + 1, close),
    ppid: Number(fields[1]),
    pgid: Number(fields[2]),
    sid: Number(fields[3]),
    isKernelThread: (Number(fields[6]) & kernelThreadFlag) !== 0,
    startUs: Number(fields[19]) * usPerTick,
  };
}

export interface EndFacts {
  /** PF_EXITING: the task is on its way out, or a zombie. */
  readonly isExiting: boolean;
  readonly threads: number;
  /** As wait(2) will give it; of use once the task is exiting. Null before Linux 3.5, or without permission. */
  readonly waitStatus: number | null;
}

/** How a process stands towards its end, from the same line; field 52 is the exit code. */
export function endFacts(stat: string): EndFacts {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const waitStatus = Number.parseInt(fields[49] ?? '', 10);
  return {
    isExiting: (Number(fields[6]) & exitingFlag) !== 0,
    threads: Number(fields[17]),
    waitStatus: Number.isNaN(waitStatus) ? null : waitStatus,
  };
}

/**
 * Of the hierarchies in which a process has a cgroup of its own, as the probe does: the unified one
 * (`0::/path`), else the memory controller's; where systemd's own (v1, name=systemd) goes deeper,
 * that one, for a controller knows no unit that it does not account for.
 */
export function cgroupPath(content: string | null): string | null {
  const lines = (content ?? '').split('\n').map((line) => /^\d+:([^:]*):(.*)$/.exec(line));
  const pathOf = (name: string): string | null =>
    lines.find((match) => match?.[1]?.split(',').includes(name))?.[2] ?? null;
  const [unified, memory, systemd] = [pathOf(''), pathOf('memory'), pathOf('name=systemd')];
  const isDeeper = systemd !== null && memory !== null && systemd.startsWith(`${memory}/`);
  const own = [unified, isDeeper ? systemd : memory, systemd].find(isBelowRoot);
  return own ?? unified ?? memory ?? systemd;
}

const isBelowRoot = (path: string | null): boolean => path !== null && path !== '/';

function argv(content: string | null): string[] | null {
  if (!content) return null;
  return content.slice(0, maxCmdlineBytes).replace(/\0$/, '').split('\0');
}

export function statusUid(status: string | null): number | null {
  const uid = /^Uid:\s+(\d+)/m.exec(status ?? '')?.[1];
  return uid === undefined ? null : Number(uid);
}

/** The last of `NSpid:`, which begins with the pid in the namespace of /proc. */
function innerPid(status: string | null, pid: number): number | null {
  const inner = Number(/^NSpid:.*?(\d+)$/m.exec(status ?? '')?.[1] ?? pid);
  return inner === pid ? null : inner;
}

function setNumber(content: string | null): number | null {
  if (content === null || content.trim() === '') return null;
  const number = Number(content);
  return number === unset ? null : number;
}

/** What /proc/PID/exe points at; null for kernel threads, the dead, and those of others. */
export function executable(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    // A kernel thread, or a process of somebody else.
    return null;
  }
}

export function procText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process is gone, or not ours to read.
    return null;
  }
}
