import type { EventOf } from '../../event/event.ts';
import type { Facts } from './facts.ts';
import { isKernelsWord } from './logged.ts';
import { storyOf } from './memory-story.ts';
import { isOomVictim, oomReport } from './oom-report.ts';
import type { Certainty } from './reaction.ts';
import { isWatched, kernelLog } from './watched.ts';

export type OomScope = 'cgroup' | 'host';

/** The kernel killed the victim for memory: whose was short. */
export interface OomKill {
  scope: OomScope;
  /** Null where only the mark tells of it: the scope is then a guess. */
  report: EventOf<'oom-kill'> | null;
  confidence: Certainty;
}

/** Null where it was not the OOM killer, or somebody asked for it (sysrq). */
export function oomKill(facts: Facts): OomKill | null {
  const report = oomReport(facts);
  if (report?.manual) return null;
  if (report) {
    const isKernels = facts.death.oomMarked || isKernelsWord(report);
    return { scope: scopeOf(report), report, confidence: isKernels ? 'proven' : 'likely' };
  }
  return isOomVictim(facts)
    ? { scope: likelyScope(facts), report: null, confidence: 'possible' }
    : null;
}

/** Kernels before 5.3 print CONSTRAINT_NONE for a cgroup too; that its name stands there decides. */
export function scopeOf(report: EventOf<'oom-kill'>): OomScope {
  if (report.scope) return report.scope === 'memcg' ? 'cgroup' : 'host';
  return report.constraint === 'memcg' || report.oomMemcg ? 'cgroup' : 'host';
}

const full = 0.9;
const systemdUnit = /\.(?:service|scope|slice)$/;

/** By a limit that the victim's cgroup had reached then; else by who made the cgroup: systemd makes them without limits. */
function likelyScope(facts: Facts): OomScope {
  const { victim } = facts;
  const cgroup = victim.cgroup ?? '/';
  const above = (storyOf(facts)?.cgroups ?? []).filter(
    ({ path, limitKb }) => limitKb !== null && (cgroup === path || cgroup.startsWith(`${path}/`)),
  );
  const isFull = above.some(
    ({ limitKb, usageKb }) => Math.max(...usageKb.map((kb) => kb ?? 0)) >= (limitKb ?? 0) * full,
  );
  if (isFull || victim.container || victim.pod) return 'cgroup';
  return cgroup === '/' || systemdUnit.test(cgroup) ? 'host' : 'cgroup';
}

/** Why it was not the OOM killer, in words that name no scope; null where nothing rules it out. */
export function whyNotOom(facts: Facts): string | null {
  const { death, signal } = facts;
  if (oomKill(facts)) return null;
  if (death.oomMarked) return 'the OOM killer chose it too, but while it was dying already';
  if (death.exit.signal !== 'SIGKILL') return null;
  const isUnreported = isWatched(facts, kernelLog) ? 'no report of the kernel names it' : null;
  const isUnmarked =
    death.source === 'probe' && signal ? 'the kernel did not choose it as an OOM victim' : null;
  return [isUnmarked, isUnreported].filter((why) => why !== null).join(', and ') || null;
}
