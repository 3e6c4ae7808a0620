import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { oomKill, whyNotOom } from '../facts/oom-kill.ts';
import { memory } from '../words/memory.ts';
import { held, unreported } from '../words/oom.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const headroom = 1.25;
const bytesPerKb = 1024;

/** The kernel killed it because its memory cgroup had reached its limit. */
export const oomCgroup: Rule = {
  find(facts) {
    const kill = oomKill(facts);
    if (kill?.scope !== 'cgroup') return null;
    const { report, confidence } = kill;
    const found = { cause: 'oom-cgroup', confidence, actor: null } as const;
    if (!report) return { ...found, clause: unreported(facts) };
    const cgroup = report.oomMemcg ?? report.taskMemcg ?? null;
    const limit = report.limitKb == null ? '' : ` (limit ${memory(report.limitKb)})`;
    return {
      ...found,
      clause: `was killed by the kernel${timeInWords(facts.death.at)} because its memory cgroup ${printable(cgroup ?? '?')} reached its limit${limit}${held(facts, report)}`,
      cites: [report],
      advice: limitAdvice(facts, report, cgroup),
    };
  },
  ruledOut(facts) {
    const report = oomKill(facts)?.report;
    if (report) return [{ cause: 'oom-cgroup', because: "the kernel's report names no cgroup" }];
    const why = whyNotOom(facts);
    return why ? [{ cause: 'oom-cgroup', because: `${why} (memory of its cgroup)` }] : [];
  },
};

function limitAdvice(
  { death }: Facts,
  report: EventOf<'oom-kill'>,
  cgroup: string | null,
): string[] {
  if (report.limitKb == null || cgroup === null) return [];
  const peakKb = Math.max(
    (death.peakRssBytes ?? 0) / bytesPerKb,
    report.usageKb ?? 0,
    report.limitKb,
  );
  return [
    `Raise the memory limit of ${printable(cgroup)} from ${memory(report.limitKb)} to at least ${memory(Math.ceil(peakKb * headroom))}, or find out why it grew.`,
  ];
}
