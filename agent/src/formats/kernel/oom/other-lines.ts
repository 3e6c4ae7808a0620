import { printedNumber, taskName } from '../printed.ts';
import { constraintOf, outOfMemory } from './kill-line.ts';
import type { Constraint } from './summary.ts';

/** `X invoked oom-killer: gfp_mask=…, order=…`: whose allocation failed. */
export interface InvokedLine {
  /** Null before 2.6.18, which does not name it. */
  readonly comm: string | null;
  /** Of the allocation; -1: a person asked for it with sysrq-f. */
  readonly order: number | null;
}

export function invokedLine(text: string): InvokedLine | null {
  if (!text.includes('oom-killer: gfp_mask=')) return null;
  const match = /^(?:(.*) invoked )?oom-killer: gfp_mask=(.*)$/s.exec(text);
  if (!match) return null;
  const comm = match[1] === undefined ? null : taskName(match[1]);
  if (match[1] !== undefined && comm === null) return null;
  return { comm, order: printedNumber(/\border=(-?\d{1,3})\b/.exec(match[2] ?? '')?.[1]) };
}

/** `X cpuset=/ mems_allowed=0-1` (before 4.20): the nodes that the allocation could use. */
export function cpusetLine(text: string): string | null {
  if (!text.includes(' mems_allowed=')) return null;
  return /^.{1,64} cpuset=\S+ mems_allowed=([\d,-]+)$/s.exec(text)?.[1] ?? null;
}

/** Before 5.x: the process with the highest score, which a child may die for. */
export interface NominatedLine {
  readonly pid: number;
  readonly comm: string;
  readonly score: number | null;
  readonly memcg: boolean;
  readonly constraint: Constraint | null;
}

const nominated = new RegExp(
  `^${outOfMemory}[Kk]ill process (\\d{1,10}) \\((.*)\\) score (\\d{1,10})`,
  's',
);

export function nominatedLine(text: string): NominatedLine | null {
  if (!text.includes('ill process ')) return null;
  const match = nominated.exec(text);
  const comm = match && taskName(match[3] ?? '');
  if (!match || comm === null) return null;
  return {
    pid: Number(match[2]),
    comm,
    score: printedNumber(match[4]),
    memcg: match[1]?.startsWith('Memory') ?? false,
    constraint: constraintOf(match[1]),
  };
}

/** 2.6.36 to 4.7: another process with the same memory dies with the victim. */
export function sharingLine(text: string): { pid: number; comm: string } | null {
  const match = /^Kill process (\d{1,10}) \((.*)\) sharing same memory$/s.exec(text);
  const comm = match && taskName(match[2] ?? '');
  return match && comm !== null ? { pid: Number(match[1]), comm } : null;
}

/** A container's limit, unless it is that of UB 0, the host. */
export interface OpenVzLine {
  readonly pid: number;
  readonly comm: string;
  readonly vmKb: number | null;
  readonly isHost: boolean;
}

/** OpenVZ: `Out of memory in UB 101: OOM killed process 5 (httpd) score 0 vm:1kB, rss:1kB, swap:0kB`. */
export function openVzLine(text: string): OpenVzLine | null {
  if (!text.includes('OOM killed process ')) return null;
  const match =
    /^(?:Out of memory in UB([^:]*): |\d+ \(\S+\):? )?OOM killed process (\d{1,10}) \((.*)\) score -?\d+ vm:(\d+)kB/s.exec(
      text,
    );
  const comm = match && taskName(match[3] ?? '');
  if (!match || comm === null) return null;
  const isHost = /^ ?0?$/.test(match[1] ?? '');
  return { pid: Number(match[2]), comm, vmKb: printedNumber(match[4]), isHost };
}

/** Android's in-kernel lowmemorykiller: `lowmemorykiller: Killing 'a' (5), adj 906,`; the first ones had no name. */
export function lowMemoryKillerLine(
  text: string,
  isKernels: boolean,
): { pid: number; comm: string } | null {
  const isNamed = text.startsWith('lowmemorykiller: ');
  if (!isNamed && !(isKernels && text.startsWith('send sigkill to '))) return null;
  const match =
    /^lowmemorykiller: Killing '(.*)' \((\d{1,10})\)(?: \(tgid \d+\))?, adj/s.exec(text) ??
    /^(?:lowmemorykiller: )?send sigkill to (\d{1,10}) \((.*)\), adj/s.exec(text);
  if (!match) return null;
  const [pid, printed] = text.includes(' Killing ') ? [match[2], match[1]] : [match[1], match[2]];
  const comm = taskName(printed ?? '');
  return comm === null ? null : { pid: Number(pid), comm };
}
