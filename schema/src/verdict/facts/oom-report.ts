import type { EventOf } from '../../event/event.ts';
import type { Facts } from './facts.ts';
import { near } from './nearby.ts';

const reportWithinMs = 15_000;

/** The kernel's report that it killed this process for memory; null when there is none. */
export function oomReport(facts: Facts): EventOf<'oom-kill'> | null {
  const { evidence, death, victim } = facts;
  if (death.exit.signal !== null && death.exit.signal !== 'SIGKILL') return null;
  if (isSentByProcess(facts)) return null;
  const reports = near(evidence, 'oom-kill', death, reportWithinMs);
  const exact = reports.find((report) => report.pid === victim.pid && report.comm === victim.comm);
  if (exact) return exact;
  // A thread that renamed itself, or its thread id: accepted only where the kernel marked the victim.
  if (!death.oomMarked) return null;
  return (
    reports.find((report) => report.pid === victim.pid) ??
    reports.find((report) => report.comm === victim.comm) ??
    null
  );
}

/** The kernel recorded a process's kill as what ended it: a report about its pid means another, or is forged. */
function isSentByProcess({ signal, death }: Facts): boolean {
  return signal?.info === 'user' && signal.doubt === undefined && !death.oomMarked;
}
