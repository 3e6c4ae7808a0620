import type { OomReport } from '../../http/answer.ts';
import type { Facts } from '../facts/facts.ts';
import { oomReport } from '../facts/oom-report.ts';

/** The memory story of an OOM death; null for any other. */
export function oomOf(facts: Facts): OomReport | null {
  const report = oomReport(facts);
  if (!report) return null;
  return {
    constraint: report.constraint ?? null,
    cgroup: report.oomMemcg ?? report.taskMemcg ?? null,
    usageKb: report.usageKb ?? null,
    limitKb: report.limitKb ?? null,
    anonRssKb: report.anonRssKb ?? null,
    invokedBy: report.invokedBy ?? null,
    tasks: (report.tasks ?? []).map((task) => ({
      pid: task.pid,
      comm: task.comm,
      rssPages: task.rss ?? null,
      oomScoreAdj: task.oomScoreAdj ?? null,
    })),
  };
}
