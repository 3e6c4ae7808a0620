import type { KernelLine } from '../line.ts';
import { isStale, newReport, type OomReport } from './report.ts';

/** Reports of different tasks that are printed at the same time. */
const mostReports = 16;

/** The OOM reports under way: one a task that prints one, where lines say who printed them. */
export interface OpenReports {
  /** The report that this task, or in a log without callers the last one, is printing. */
  of(line: KernelLine): OomReport | null;
  /** A new one takes the place of what this task printed before. */
  begin(line: KernelLine): OomReport;
  /** The report that a line in the middle of one belongs to; a killed one is over. */
  open(line: KernelLine): OomReport;
  /** The report that chose this victim, printed among the lines of others. */
  choosing(pid: number, line: KernelLine): OomReport | null;
}

export function openReports(): OpenReports {
  const current = new Map<string, OomReport>();
  let last: OomReport | null = null;
  /** Reports that another one was begun over before their kill was printed. */
  let overtaken: OomReport[] = [];

  /** Some lines of a report may lack the caller: they belong to the last one, and it to them. */
  const of = ({ caller }: KernelLine): OomReport | null =>
    (caller === undefined ? last : (current.get(caller) ?? current.get(''))) ?? null;

  const take = (line: KernelLine, report: OomReport): OomReport => {
    const caller = line.caller ?? '';
    const before = of(line);
    if (before?.chosen && before.killed.size === 0)
      overtaken = [...overtaken, before].slice(-mostReports);
    current.delete(caller);
    current.set(caller, report);
    last = report;
    return report;
  };

  const begin = (line: KernelLine): OomReport => {
    const report = take(line, newReport(line));
    if (current.size > mostReports) {
      const [oldest] = current.keys();
      if (oldest !== undefined) current.delete(oldest);
    }
    return report;
  };

  return {
    of,
    begin,
    open(line) {
      const report = of(line);
      if (report && report.killed.size === 0 && !isStale(report, line)) return report;
      return begin(line);
    },
    choosing(pid, line) {
      const report = overtaken.find((one) => one.chosen?.pid === pid && !isStale(one, line));
      if (!report) return null;
      overtaken = overtaken.filter((one) => one !== report);
      return take(line, report);
    },
  };
}
