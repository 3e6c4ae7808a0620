import { printedNumber, taskName } from '../printed.ts';

/** `X invoked oom-killer: gfp_mask=…, order=…`: whose allocation failed. */
export interface InvokedLine {
  /** Null before 2.6.18, which does not name it. */
  readonly comm: string | null;
  /** order=-1: a person asked for it with sysrq-f. */
  readonly manual: boolean;
}

export function invokedLine(text: string): InvokedLine | null {
  if (!text.includes('oom-killer: gfp_mask=')) return null;
  const match = /^(?:(.*) invoked )?oom-killer: gfp_mask=(.*)$/s.exec(text);
  if (!match) return null;
  const comm = match[1] === undefined ? null : taskName(match[1]);
  if (match[1] !== undefined && comm === null) return null;
  return { comm, manual: /\border=-1\b/.test(match[2] ?? '') };
}

/** Before 5.x: the process with the highest score, which a child may die for. */
export interface NominatedLine {
  readonly pid: number;
  readonly comm: string;
  readonly score: number | null;
  readonly memcg: boolean;
}

const nominated =
  /^(Memory cgroup out of memory|Out of [Mm]emory)(?: \([\w -]*\))?: [Kk]ill process (\d{1,10}) \((.*)\) score (\d{1,10})/s;

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
  };
}

/** 2.6.36 to 4.7: another process with the same memory dies with the victim. */
export function sharingLine(text: string): { pid: number; comm: string } | null {
  const match = /^Kill process (\d{1,10}) \((.*)\) sharing same memory$/s.exec(text);
  const comm = match && taskName(match[2] ?? '');
  return match && comm !== null ? { pid: Number(match[1]), comm } : null;
}

/** OpenVZ: `Out of memory in UB 101: OOM killed process 5 (httpd) score 0 vm:1kB, rss:1kB, swap:0kB`. */
export function openVzLine(
  text: string,
): { pid: number; comm: string; vmKb: number | null } | null {
  if (!text.includes('OOM killed process ')) return null;
  const match =
    /^(?:Out of memory in UB[^:]*: |\d+ \(\S+\): )?OOM killed process (\d{1,10}) \((.*)\) score -?\d+ vm:(\d+)kB/s.exec(
      text,
    );
  const comm = match && taskName(match[2] ?? '');
  return match && comm !== null
    ? { pid: Number(match[1]), comm, vmKb: printedNumber(match[3]) }
    : null;
}

/** Android's in-kernel lowmemorykiller: `lowmemorykiller: Killing 'a' (5), adj 906,`. */
export function lowMemoryKillerLine(text: string): { pid: number; comm: string } | null {
  if (!text.startsWith('lowmemorykiller: ')) return null;
  const match =
    /^lowmemorykiller: Killing '(.*)' \((\d{1,10})\)(?: \(tgid \d+\))?, adj/s.exec(text) ??
    /^lowmemorykiller: send sigkill to (\d{1,10}) \((.*)\), adj/s.exec(text);
  if (!match) return null;
  const [pid, printed] = text.includes(' Killing ') ? [match[2], match[1]] : [match[1], match[2]];
  const comm = taskName(printed ?? '');
  return comm === null ? null : { pid: Number(pid), comm };
}
