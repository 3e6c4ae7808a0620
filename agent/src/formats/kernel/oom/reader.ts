import type { Source } from '@coroner/schema/event/base';
import type { RawEvent } from '../../../source.ts';
import { isTrusted, type KernelLine, when } from '../line.ts';
import { runningTask } from '../running-task.ts';
import { killEvent, type OomKill } from './kill-event.ts';
import { type KillLine, killLine } from './kill-line.ts';
import {
  invokedLine,
  lowMemoryKillerLine,
  nominatedLine,
  openVzLine,
  sharingLine,
} from './other-lines.ts';
import { addTask, isStale, newReport, type OomReport, takesVictims } from './report.ts';
import { limitLine, oomSummary, usageLine } from './summary.ts';
import { taskDumpHeader, taskDumpRow } from './task-dump.ts';

export interface OomReader {
  /** Adds the events that are complete now to `out`; false when the line says nothing of an OOM. */
  push(line: KernelLine, text: string, out: RawEvent[]): boolean;
  flush(): RawEvent[];
}

const noSizes = {
  cutComm: null,
  uid: null,
  totalVmKb: null,
  anonRssKb: null,
  fileRssKb: null,
  shmemRssKb: null,
  pgtablesKb: null,
  oomScoreAdj: null,
  complete: true,
} as const;

/** Joins the lines of an OOM report into one event a victim. */
export function oomReader(source: Source): OomReader {
  let report: OomReport | null = null;
  let held: OomKill | null = null;

  /** The report that a line in the middle of one belongs to; a killed one is over. */
  const open = (line: KernelLine): OomReport => {
    if (!report || report.killed.size > 0 || isStale(report, line)) report = newReport(line);
    return report;
  };

  const release = (): RawEvent[] => {
    const events = held ? [held] : [];
    held = null;
    return events;
  };

  const kill = (line: KernelLine, said: KillLine, out: RawEvent[]): true => {
    if (report && (isStale(report, line) || !takesVictims(report) || contradicts(report, said)))
      report = null;
    return victim(line, said, out);
  };

  const victim = (line: KernelLine, said: KillLine, out: RawEvent[]): true => {
    report ??= newReport(line);
    // With memory.oom.group the first victim's line is printed twice.
    if (report.killed.has(said.pid)) return true;
    out.push(...release());
    held = killEvent(source, line, said, report);
    report.killed.add(said.pid);
    return true;
  };

  return {
    push(line, text, out) {
      const said = killLine(text);
      if (said) return isKernels(said, line, report) && kill(line, said, out);
      const sharing = sharingLine(text);
      if (sharing && report?.killed.size)
        return victim(line, { ...noSizes, ...sharing, scope: 'bare' }, out);
      const openVz = openVzLine(text);
      if (openVz)
        return kill(line, { ...noSizes, ...openVz, totalVmKb: openVz.vmKb, scope: 'global' }, out);
      if (held && groupLine(text)) {
        held = { ...held, group: true };
        if (report) report.group = true;
        return true;
      }
      if (text.startsWith('oom_reaper: ')) return true;
      out.push(...release());
      const low = lowMemoryKillerLine(text);
      if (low) out.push(lowMemoryKill(source, line, low));
      return low !== null || context(line, text);
    },
    flush: release,
  };

  function context(line: KernelLine, text: string): boolean {
    const invoked = invokedLine(text);
    if (invoked) {
      report = newReport(line);
      report.invokedBy = invoked.comm;
      report.manual = invoked.manual;
      return true;
    }
    const task = report && runningTask(text);
    if (task && report) {
      if (task.comm !== report.invokedBy || report.killed.size > 0) return false;
      report.invokedByPid ??= task.pid;
      report.kernel ??= task.kernel;
      // The same line also says whom a panic or an oops hit.
      return false;
    }
    const nominated = nominatedLine(text);
    if (nominated) {
      const about = open(line);
      about.nominated = nominated;
      if (nominated.memcg) about.constraint ??= 'memcg';
      return true;
    }
    const summary = oomSummary(text);
    if (summary) {
      const about = open(line);
      const { pid, comm, uid } = summary;
      about.constraint = summary.constraint;
      about.oomMemcg = summary.oomMemcg;
      about.taskMemcg = summary.taskMemcg;
      about.chosen = pid === null ? null : { pid, comm, uid };
      return true;
    }
    const limit = limitLine(text);
    if (limit) {
      Object.assign(open(line), limit, { constraint: 'memcg' });
      return true;
    }
    const usage = usageLine(text);
    if (usage) {
      Object.assign(open(line), usage);
      return true;
    }
    return taskDump(line, text);
  }

  function taskDump(line: KernelLine, text: string): boolean {
    if (!text.startsWith('[')) return false;
    const columns = taskDumpHeader(text);
    if (columns) {
      open(line).columns = columns;
      return true;
    }
    const row = taskDumpRow(text, report?.columns ?? null);
    if (row) addTask(open(line), row);
    return row !== null;
  }
}

/** Without sizes, and without "Out of memory", anyone could have written "Killed process 5 (a)". */
function isKernels(said: KillLine, line: KernelLine, report: OomReport | null): boolean {
  return said.complete || said.scope !== 'bare' || isTrusted(line) || report !== null;
}

/** The kill line says that another kind of memory ran out than the report before it. */
function contradicts({ constraint, oomMemcg }: OomReport, { scope }: KillLine): boolean {
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
