import type { EventOf } from '../../event/event.ts';
import type { Facts } from './facts.ts';
import { near } from './nearby.ts';

const reportWithinMs = 15_000;

/** The kernel's report that it killed this process for memory; null when there is none. */
export function oomReport(facts: Facts): EventOf<'oom-kill'> | null {
  const { evidence, death, victim } = facts;
  if (isEndedOtherwise(facts)) return null;
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

/**
 * Whether the OOM killer's mark is what ended it. A victim that is dying already is marked too, to
 * give it the memory to die with (oom_kill_process(), task_will_free_mem()), whoever ended it.
 */
export function isOomVictim(facts: Facts): boolean {
  const { death, signal } = facts;
  const isLikelySent = signal?.info === 'user' && signal.doubt === 'likely';
  return death.oomMarked && !isLikelySent && !isEndedOtherwise(facts);
}

/**
 * The kernel recorded that something else ended it: a SIGKILL of a process, which is delivered only
 * where none came before, or an end that no SIGKILL made. A report then means another, or came late.
 */
function isEndedOtherwise({ signal, death }: Facts): boolean {
  const { signal: ended, code } = death.exit;
  if (ended === null ? code !== null : ended !== 'SIGKILL') return true;
  if (!signal || signal.doubt !== undefined) return false;
  // The OOM killer's own SIGKILL has no siginfo of a process, and goes to the whole group.
  const isWithoutInfo = signal.info === 'none' && (death.source === 'probe' || !signal.group);
  return signal.info === 'user' || isWithoutInfo;
}
