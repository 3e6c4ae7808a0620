import type { Confidence } from '../../confidence.ts';
import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { oomReport } from '../facts/oom-report.ts';
import { memory } from '../words/memory.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding, Rule } from './rule.ts';

const headroom = 1.25;
const bytesPerKb = 1024;

/** The kernel killed it for memory: of its cgroup, or of the whole host. */
export const oom: Rule = {
  find(facts) {
    const { death } = facts;
    const report = oomReport(facts);
    if (!report && !death.oomMarked) return null;
    if (report?.manual) return null;
    if (!report) return markedOnly(facts);
    return isCgroup(report) ? ofCgroup(facts, report) : ofHost(facts, report);
  },
  ruledOut(facts) {
    const { death, signal } = facts;
    if (death.exit.signal !== 'SIGKILL' || death.oomMarked) return [];
    const notChosen =
      death.source === 'probe' && signal
        ? 'the kernel did not choose it as an OOM victim, and '
        : '';
    return [
      { cause: 'oom-cgroup', because: `${notChosen}no memory cgroup reports an OOM kill of it` },
      { cause: 'oom-host', because: 'there is no report that the host ran out of memory' },
    ];
  },
};

/** Kernels before 5.3 print CONSTRAINT_NONE for a cgroup too; that its name stands there decides. */
const isCgroup = (report: EventOf<'oom-kill'>): boolean =>
  report.constraint === 'memcg' || Boolean(report.oomMemcg);

function ofCgroup(facts: Facts, report: EventOf<'oom-kill'>): Finding {
  const cgroup = report.oomMemcg ?? report.taskMemcg;
  const limit = report.limitKb == null ? '' : ` (limit ${memory(report.limitKb)})`;
  return {
    ...base(facts, report),
    cause: 'oom-cgroup',
    clause: `was killed by the kernel${timeInWords(facts.death.at)} because its memory cgroup ${printable(cgroup ?? '?')} reached its limit${limit}${held(facts, report)}`,
    advice: limitAdvice(facts, report, cgroup ?? null),
  };
}

function ofHost(facts: Facts, report: EventOf<'oom-kill'>): Finding {
  return {
    ...base(facts, report),
    cause: 'oom-host',
    clause: `was killed by the kernel${timeInWords(facts.death.at)} because the host ran out of memory${held(facts, report)}`,
    advice: hostAdvice(facts, report),
  };
}

/** The mark proves an OOM kill; without the report its scope is a guess from the victim's cgroup. */
function markedOnly(facts: Facts): Finding {
  const { death, victim } = facts;
  const limited = Boolean(victim.cgroup && victim.cgroup !== '/');
  return {
    cause: limited ? 'oom-cgroup' : 'oom-host',
    confidence: 'possible',
    clause: `was killed by the kernel's OOM killer${timeInWords(death.at)}; whether its cgroup or the whole host was short of memory is not known without the kernel's report`,
    actor: null,
  };
}

function base({ death }: Facts, report: EventOf<'oom-kill'>) {
  const fromKernel = report.source === 'kmsg' || report.source === 'journal';
  const confidence: Confidence = death.oomMarked || fromKernel ? 'proven' : 'likely';
  return { confidence, actor: null, cites: [report] };
}

function held({ death }: Facts, report: EventOf<'oom-kill'>): string {
  const anon = report.anonRssKb == null ? null : `${memory(report.anonRssKb)} of anonymous memory`;
  const peak =
    death.peakRssBytes == null
      ? null
      : `peak ${memory(Math.round(death.peakRssBytes / bytesPerKb))}`;
  const both = [anon, peak].filter((part) => part !== null).join(', ');
  return both === '' ? '' : `; it held ${both}`;
}

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
