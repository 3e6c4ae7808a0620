import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { isKernelsWord } from '../facts/logged.ts';
import { near } from '../facts/nearby.ts';
import { scopeOf } from '../facts/oom-kill.ts';
import { nameAndPid } from '../words/command.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

/** The report is printed before the processes that share the memory are killed. */
const momentMs = 1_000;

/**
 * The OOM killer ends all that share the memory of its victim (vfork, CLONE_VM), and marks and reports
 * that one alone: __oom_kill_process() of mm/oom_kill.c. What else makes such a SIGKILL has a rule of its own.
 */
export const oomShared: Rule = {
  find(facts) {
    const { signal, death, decisive } = facts;
    if (signal?.signal !== 'SIGKILL' || signal.info !== 'kernel' || !signal.group) return null;
    if (signal.currentExiting) return null;
    const reports = near(facts.evidence, 'oom-kill', signal, momentMs).filter(
      (report) => isKernelsWord(report) && report.pid !== facts.victim.pid,
    );
    const [report] = reports.toSorted(
      (a, b) => Number(isRelated(b, facts)) - Number(isRelated(a, facts)),
    );
    if (!report || !decisive) return null;
    const isLikely = isRelated(report, facts) && decisive.certainty !== 'possible';
    return {
      cause: scopeOf(report) === 'cgroup' ? 'oom-cgroup' : 'oom-host',
      confidence: isLikely ? 'likely' : 'possible',
      clause: `was killed by the kernel${timeInWords(death.at)} when the OOM killer ended ${nameAndPid(report)}, whose memory it ${isLikely ? 'seems to have' : 'may have'} shared`,
      actor: null,
      cites: [report],
    };
  },
};

/** A child that has not become another program yet, its parent, or its like. */
function isRelated(report: EventOf<'oom-kill'>, { victim }: Facts): boolean {
  return report.comm === victim.comm || victim.ancestry[0]?.pid === report.pid;
}
