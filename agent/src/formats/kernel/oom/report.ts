import type { KernelLine } from '../line.ts';
import type { Constraint } from './summary.ts';
import type { Columns, Task } from './task-dump.ts';

/** Rows kept of one task dump; more would not fit into one message to the hub. */
const mostTasks = 8_192;
/** A report on a slow serial console takes minutes; later lines belong to another one. */
const longestReportUs = 300_000_000;
/** Lines of two CPUs may change places. */
const disorderUs = 1_000_000;

type Scope = 'global' | 'memcg';

/** What an OOM report has said so far. */
export interface OomReport {
  readonly began: KernelLine;
  invokedBy: string | null;
  invokedByPid: number | null;
  kernel: string | null;
  manual: boolean;
  order: number | null;
  /** Which kind of memory ran out; null until a line says it. */
  scope: Scope | null;
  memsAllowed: string | null;
  constraint: Constraint | null;
  oomMemcg: string | null;
  taskMemcg: string | null;
  usageKb: number | null;
  limitKb: number | null;
  failcnt: number | null;
  /** Free memory: the sum of the zones, and what old kernels print for all of them. */
  freeKb: number | null;
  pagesKb: number | null;
  swapFreeKb: number | null;
  swapTotalKb: number | null;
  chosen: { pid: number; comm: string | null; uid: number | null } | null;
  nominated: { pid: number; comm: string; score: number | null } | null;
  group: boolean;
  columns: Columns | null;
  readonly tasks: Task[];
  readonly killed: Set<number>;
}

export function newReport(began: KernelLine): OomReport {
  return {
    began,
    invokedBy: null,
    invokedByPid: null,
    kernel: null,
    manual: false,
    order: null,
    scope: null,
    memsAllowed: null,
    constraint: null,
    oomMemcg: null,
    taskMemcg: null,
    usageKb: null,
    limitKb: null,
    failcnt: null,
    freeKb: null,
    pagesKb: null,
    swapFreeKb: null,
    swapTotalKb: null,
    chosen: null,
    nominated: null,
    group: false,
    columns: null,
    tasks: [],
    killed: new Set(),
  };
}

export function addTask(report: OomReport, task: Task): void {
  if (report.tasks.length < mostTasks) report.tasks.push(task);
}

/** The report is too old for `line` to be part of it, as far as both carry a time. */
export function isStale(report: OomReport, line: KernelLine): boolean {
  const { began } = report;
  if (typeof began.bootUs === 'number' && typeof line.bootUs === 'number') {
    const passedUs = line.bootUs - began.bootUs;
    return passedUs < -disorderUs || passedUs > longestReportUs;
  }
  if (began.at === null || line.at === null) return false;
  const passedMs = Date.parse(line.at) - Date.parse(began.at);
  return passedMs * 1000 > longestReportUs;
}

/** One report has one victim, unless its whole group goes. */
export function takesVictims(report: OomReport): boolean {
  return report.killed.size === 0 || report.group;
}
