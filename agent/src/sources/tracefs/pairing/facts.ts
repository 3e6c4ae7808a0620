import {
  endFacts,
  executable,
  procText,
  type SeenProcess,
  seenProcess,
  statFacts,
  statusUid,
} from '../../../procfs/process.ts';
import { isStartOf, type Known } from './known.ts';

/** How much of /proc may still be read before the rings must be: in a storm facts are let go, not records. */
export interface ReadBudget {
  left: number;
}

/** All that /proc tells of a process now; null when it is gone, or there is no time. */
export function readFacts(known: Known, budget: ReadBudget): SeenProcess | null {
  if (budget.left <= 0) return null;
  budget.left -= 1;
  const seen = seenProcess(known.pid);
  return seen && isStartOf(known, seen.startUs) ? seen : null;
}

/** What a process may have changed since its exec: name and user. Tells whether it is on its way out, where it could be read. */
export function refresh(known: Known, budget: ReadBudget): { exiting: boolean } | null {
  if (budget.left <= 0) return null;
  budget.left -= 1;
  const stat = procText(`/proc/${known.pid}/stat`);
  const facts = stat === null ? null : statFacts(stat);
  if (!stat || !facts || !isStartOf(known, facts.startUs)) return null;
  const uid = statusUid(procText(`/proc/${known.pid}/status`));
  // A process that is being reaped shows 0.
  if (facts.ppid > 0) known.ppid = facts.ppid;
  // Since the event it may have become another program, whose name and user would be a lie.
  if (known.exe !== null && executable(known.pid) === known.exe) {
    known.comm = facts.comm;
    known.uid = uid ?? known.uid;
  }
  return { exiting: endFacts(stat).isExiting };
}
