import { printedNumber, taskName } from '../printed.ts';

export type Constraint = 'none' | 'cpuset' | 'memory_policy' | 'memcg';

/** `oom-kill:constraint=…` (since 4.20): which limit, which cgroups, who was chosen. */
export interface OomSummary {
  readonly constraint: Constraint | null;
  readonly oomMemcg: string | null;
  readonly taskMemcg: string | null;
  /** `global_oom`: no cgroup's limit was hit. */
  readonly isGlobal: boolean;
  readonly memsAllowed: string | null;
  readonly pid: number | null;
  readonly comm: string | null;
  readonly uid: number | null;
}

const constraints: Readonly<Record<string, Constraint>> = {
  NONE: 'none',
  CPUSET: 'cpuset',
  MEMORY_POLICY: 'memory_policy',
  MEMCG: 'memcg',
};

const memsAllowed = /,mems_allowed=([\d,-]+?)(?=,oom_memcg=|,global_oom|$)/;

/**
 * mm/oom_kill.c dump_oom_victim: `oom-kill:constraint=CONSTRAINT_X,nodemask=…,cpuset=…,
 * mems_allowed=…[,oom_memcg=…|,global_oom],task_memcg=…,task=…,pid=…,uid=…`; vendor kernels print
 * it without the constraint. Paths and names are free text, so the end is read from the right.
 */
export function oomSummary(text: string): OomSummary | null {
  const match = /^oom-kill:(?:constraint=CONSTRAINT_([A-Z_]+))?(,.*)?$/s.exec(text);
  if (!match) return null;
  const rest = match[2] ?? '';
  const end = /^(.*),task=(.*),pid=(\d+)(?:,uid=(\d+))?$/s.exec(rest);
  const paths = end?.[1] ?? '';
  const taskMemcgAt = paths.lastIndexOf(',task_memcg=');
  const before = taskMemcgAt < 0 ? paths : paths.slice(0, taskMemcgAt);
  const oomMemcg = /,oom_memcg=(.*)$/s.exec(before)?.[1] ?? null;
  return {
    constraint: constraints[match[1] ?? ''] ?? null,
    oomMemcg,
    isGlobal: before.endsWith(',global_oom'),
    memsAllowed: memsAllowed.exec(before)?.[1] ?? null,
    taskMemcg: taskMemcgAt < 0 ? null : paths.slice(taskMemcgAt + ',task_memcg='.length),
    pid: printedNumber(end?.[3]),
    comm: end ? taskName(end[2] ?? '') : null,
    uid: printedNumber(end?.[4]),
  };
}

/** `Task in /a/b killed as a result of limit of /a` (before 5.0): the cgroups of the report. */
export function limitLine(text: string): { taskMemcg: string; oomMemcg: string } | null {
  if (!text.startsWith('Task in ')) return null;
  const match = /^Task in (\/.*) killed as a result of limit of (\/.*)$/s.exec(text);
  return match ? { taskMemcg: match[1] ?? '', oomMemcg: match[2] ?? '' } : null;
}

/** `memory: usage 65536kB, limit 65536kB, failcnt 12` of a memory cgroup, v1 and v2. */
export function usageLine(text: string) {
  if (!text.startsWith('memory: usage ')) return null;
  const match = /^memory: usage (\d+)kB, limit (\d+)kB, failcnt (\d+)/.exec(text);
  if (!match) return null;
  return {
    usageKb: printedNumber(match[1]),
    limitKb: printedNumber(match[2]),
    failcnt: printedNumber(match[3]),
  };
}
