import type { Source } from '@coroner/schema/event/base';
import type { RawEvent } from '../../../source.ts';
import { type KernelLine, when } from '../line.ts';
import type { KillLine } from './kill-line.ts';
import type { OomReport } from './report.ts';

export type OomKill = Extract<RawEvent, { kind: 'oom-kill' }>;

/** One victim, from its own line and what the report around it says about it. */
export function killEvent(
  source: Source,
  line: KernelLine,
  said: KillLine,
  report: OomReport,
): OomKill {
  const chosen = report.chosen?.pid === said.pid ? report.chosen : null;
  const row = report.tasks.find((task) => task.pid === said.pid);
  const first = report.killed.size === 0;
  const { nominated } = report;
  // Before 5.0 the cgroup line is about the chosen task, and its child is in the same report.
  const ownCgroup = chosen !== null || (report.chosen === null && first);
  return {
    kind: 'oom-kill',
    source,
    ...when(line),
    pid: said.pid,
    comm: said.comm ?? chosen?.comm ?? row?.comm ?? said.cutComm ?? '',
    uid: said.uid ?? chosen?.uid ?? row?.uid ?? null,
    constraint: report.constraint ?? said.constraint,
    scope: said.scope === 'bare' ? report.scope : said.scope,
    order: report.order,
    memsAllowed: report.memsAllowed,
    oomMemcg: report.oomMemcg,
    taskMemcg: ownCgroup ? report.taskMemcg : null,
    totalVmKb: said.totalVmKb,
    anonRssKb: said.anonRssKb,
    fileRssKb: said.fileRssKb,
    shmemRssKb: said.shmemRssKb,
    pgtablesKb: said.pgtablesKb,
    oomScoreAdj: said.oomScoreAdj ?? row?.oomScoreAdj ?? null,
    invokedBy: report.invokedBy,
    invokedByPid: report.invokedByPid,
    tasks: first && report.tasks.length > 0 ? report.tasks : null,
    usageKb: report.usageKb,
    limitKb: report.limitKb,
    failcnt: report.failcnt,
    freeKb: report.freeKb ?? report.pagesKb,
    swapFreeKb: report.swapFreeKb,
    swapTotalKb: report.swapTotalKb,
    kernel: report.kernel,
    ...(report.manual ? { manual: true } : {}),
    ...(report.group ? { group: true } : {}),
    ...(nominated && nominated.pid !== said.pid && first
      ? { nominatedPid: nominated.pid, nominatedComm: nominated.comm }
      : {}),
    ...(nominated && first ? { score: nominated.score } : {}),
  };
}
