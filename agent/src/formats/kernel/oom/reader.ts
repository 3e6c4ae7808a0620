import type { Source } from '@coroner/schema/event/base';
import type { RawEvent } from '../../../source.ts';
import { isTrusted, type KernelLine, when } from '../line.ts';
import { runningTask } from '../running-task.ts';
import { killEvent, type OomKill } from './kill-event.ts';
import { type KillLine, killLine } from './kill-line.ts';
import { memInfo } from './mem-info.ts';
import { openReports } from './open-reports.ts';
import {
  cpusetLine,
  invokedLine,
  lowMemoryKillerLine,
  nominatedLine,
  openVzLine,
  sharingLine,
} from './other-lines.ts';
import { addTask, isStale, type OomReport, takesVictims } from './report.ts';
import { limitLine, oomSummary, usageLine } from './summary.ts';
import { taskDumpHeader, taskDumpRow } from './task-dump.ts';

export interface OomReader {
  /** Adds the events that are complete now to `out`; false when the line says nothing of an OOM. */
  push(line: KernelLine, text: string, out: RawEvent[]): boolean;
  flush(): RawEvent[];
}

/** sysrq-f, drivers/tty/sysrq.c moom_callback. */
const manualOrder = -1;

const noSizes = {
  cutComm: null,
  uid: null,
  totalVmKb: null,
  anonRssKb: null,
  fileRssKb: null,
  shmemRssKb: null,
  pgtablesKb: null,
  oomScoreAdj: null,
  constraint: null,
  complete: true,
} as const;

/** Joins the lines of an OOM report into one event a victim. */
export function oomReader(source: Source): OomReader {
  const reports = openReports();
  let held: OomKill | null = null;
  let heldOf: OomReport | null = null;

  const release = (): RawEvent[] => {
    const events = held ? [held] : [];
    held = null;
    return events;
  };

  const kill = (line: KernelLine, said: KillLine, out: RawEvent[]): true => {
    const report = reports.of(line);
    const isPart =
      report && !isStale(report, line) && takesVictims(report) && !contradicts(report, said);
    const about = isPart ? report : (reports.choosing(said.pid, line) ?? reports.begin(line));
    return victim(line, said, about, out);
  };

  const victim = (line: KernelLine, said: KillLine, report: OomReport, out: RawEvent[]): true => {
    // With memory.oom.group the first victim's line is printed twice.
    if (report.killed.has(said.pid)) return true;
    out.push(...release());
    if (said.scope !== 'bare') report.scope = said.scope;
    held = killEvent(source, line, said, report);
    heldOf = report;
    report.killed.add(said.pid);
    return true;
  };

  return {
    push(line, text, out) {
      const report = reports.of(line);
      const said = killLine(text);
      if (said) return isKernels(said, line, report) && kill(line, said, out);
      const sharing = sharingLine(text);
      if (sharing && report?.killed.size)
        return victim(line, { ...noSizes, ...sharing, scope: 'bare' }, report, out);
      const openVz = openVzLine(text);
      if (openVz) {
        const scope = openVz.isHost ? 'global' : 'memcg';
        const constraint = openVz.isHost ? null : 'memcg';
        const facts = { ...openVz, totalVmKb: openVz.vmKb, scope, constraint } as const;
        return kill(line, { ...noSizes, ...facts }, out);
      }
      if (report?.killed.size && groupLine(text)) {
        report.group = true;
        if (held && heldOf === report) held = { ...held, group: true };
        return true;
      }
      if (text.startsWith('oom_reaper: ')) return true;
      out.push(...release());
      const low = lowMemoryKillerLine(text, isTrusted(line) || typeof line.bootUs === 'number');
      if (low) out.push(lowMemoryKill(source, line, low));
      return low !== null || context(line, text);
    },
    flush: release,
  };

  function context(line: KernelLine, text: string): boolean {
    const invoked = invokedLine(text);
    if (invoked) {
      const begun = reports.begin(line);
      begun.invokedBy = invoked.comm;
      begun.order = invoked.order;
      begun.manual = invoked.order === manualOrder;
      return true;
    }
    const report = reports.of(line);
    const task = report && runningTask(text);
    if (task && report) {
      if (task.comm !== report.invokedBy || report.killed.size > 0) return false;
      report.invokedByPid ??= task.pid;
      report.kernel ??= task.kernel;
      // The same line also says whom a panic or an oops hit.
      return false;
    }
    return chosenLine(line, text) || memoryLine(line, text) || taskDump(line, text);
  }

  /** Whom the kernel chose, and where the limit was. */
  function chosenLine(line: KernelLine, text: string): boolean {
    const nominated = nominatedLine(text);
    if (nominated) {
      const before = reports.open(line);
      const isOther = before.nominated !== null && before.nominated.pid !== nominated.pid;
      const about = isOther ? reports.begin(line) : before;
      about.nominated = nominated;
      about.constraint ??= nominated.constraint;
      about.scope ??= nominated.memcg ? 'memcg' : 'global';
      return true;
    }
    const summary = oomSummary(text);
    if (!summary) return false;
    const before = reports.open(line);
    const isOther = before.chosen !== null && before.chosen.pid !== summary.pid;
    const about = isOther ? reports.begin(line) : before;
    const { pid, comm, uid } = summary;
    about.constraint = summary.constraint;
    about.oomMemcg = summary.oomMemcg;
    about.taskMemcg = summary.taskMemcg;
    about.memsAllowed = summary.memsAllowed;
    about.scope ??= summary.oomMemcg !== null ? 'memcg' : summary.isGlobal ? 'global' : null;
    about.chosen = pid === null ? null : { pid, comm, uid };
    return true;
  }

  /** What the report says of the memory that ran out. */
  function memoryLine(line: KernelLine, text: string): boolean {
    const limit = limitLine(text);
    if (limit) {
      Object.assign(reports.open(line), limit, { constraint: 'memcg', scope: 'memcg' });
      return true;
    }
    const usage = usageLine(text);
    if (usage) {
      Object.assign(reports.open(line), usage);
      return true;
    }
    const report = reports.of(line);
    if (!report || report.killed.size > 0) return false;
    const mems = cpusetLine(text);
    if (mems !== null) report.memsAllowed ??= mems;
    return mems !== null || memInfo(text, report);
  }

  function taskDump(line: KernelLine, text: string): boolean {
    if (!text.startsWith('[')) return false;
    const columns = taskDumpHeader(text);
    if (columns) {
      reports.open(line).columns = columns;
      return true;
    }
    const row = taskDumpRow(text, reports.of(line)?.columns ?? null);
    if (row) addTask(reports.open(line), row);
    return row !== null;
  }
}

/** Without sizes, and without "Out of memory", anyone could have written "Killed process 5 (a)". */
function isKernels(said: KillLine, line: KernelLine, report: OomReport | null): boolean {
  if (said.complete || isTrusted(line) || report !== null) return true;
  // Kernels that print no sizes end the sentence with a full stop.
  return said.scope !== 'bare' && !(line.bare === true && line.text.trimEnd().endsWith(')'));
}

/** The kill line is about another process, or another kind of memory, than the report before it. */
function contradicts(report: OomReport, { pid, scope }: KillLine): boolean {
  const { chosen, nominated, constraint, oomMemcg } = report;
  // Until 5.0 a child could be sacrificed for the chosen one, which a line between them names.
  const isChosen = chosen === null || chosen.pid === pid || nominated?.pid === chosen.pid;
  if (!isChosen && report.killed.size === 0) return true;
  if (constraint === null || scope === 'bare') return false;
  // Linux 5.3 printed CONSTRAINT_NONE for memory cgroups too.
  return (constraint === 'memcg' || oomMemcg !== null) !== (scope === 'memcg');
}

function groupLine(text: string): boolean {
  return /^Tasks in .* are going to be killed due to memory\.oom\.group set$/s.test(text);
}

function lowMemoryKill(
  source: Source,
  line: KernelLine,
  { pid, comm }: { pid: number; comm: string },
): RawEvent {
  return {
    kind: 'oom-daemon-kill',
    source,
    ...when(line),
    daemon: 'lowmemorykiller',
    pid,
    comm,
    cgroup: null,
    unit: null,
    signal: 'SIGKILL',
  };
}
