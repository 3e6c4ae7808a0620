import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { oomKill, whyNotOom } from '../facts/oom-kill.ts';
import { held, unreported } from '../words/oom.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

/** The kernel killed it because the whole host was short of memory. */
export const oomHost: Rule = {
  find(facts) {
    const kill = oomKill(facts);
    if (kill?.scope !== 'host') return null;
    const { report, confidence } = kill;
    const found = { cause: 'oom-host', confidence, actor: null } as const;
    if (!report) return { ...found, clause: unreported(facts) };
    return {
      ...found,
      clause: `was killed by the kernel${timeInWords(facts.death.at)} because the host ran out of memory${held(facts, report)}`,
      cites: [report],
      advice: hostAdvice(facts, report),
    };
  },
  ruledOut(facts) {
    const report = oomKill(facts)?.report;
    if (report)
      return [{ cause: 'oom-host', because: "the kernel's report names the cgroup that was full" }];
    const why = whyNotOom(facts);
    return why ? [{ cause: 'oom-host', because: `${why} (memory of the host)` }] : [];
  },
};

function hostAdvice({ victim, death }: Facts, report: EventOf<'oom-kill'>): string[] {
  const largest = [...(report.tasks ?? [])].sort((a, b) => (b.rss ?? 0) - (a.rss ?? 0))[0];
  const advice: string[] = [];
  if (largest && largest.pid !== victim.pid)
    advice.push(
      `${printable(largest.comm)} (pid ${largest.pid}) held the most memory, not the victim: look there first.`,
    );
  if ((death.oomScoreAdj ?? 0) > 0)
    advice.push(
      `Its oom_score_adj of ${death.oomScoreAdj} made it a preferred victim: ${victim.unit?.endsWith('.service') ? `OOMScoreAdjust=0 in ${printable(victim.unit)}` : 'with 0'} it would count as others do.`,
    );
  return advice;
}
