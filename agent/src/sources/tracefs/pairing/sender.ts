import type { TraceEvent } from '../ring/event.ts';
import { type ReadBudget, refresh } from './facts.ts';
import { type Identity, identityOf, type Known, type Sender } from './known.ts';
import type { ProcessTable } from './table.ts';

const mostAncestors = 8;

/** The task that ran when a signal was generated, as it is known at that moment. */
export function senderOf(
  event: Extract<TraceEvent, { kind: 'signal' }>,
  victim: Known,
  table: ProcessTable,
  exiting: boolean | null,
  budget: ReadBudget,
): Sender {
  const key = event.inInterrupt ? null : table.ofThread(event.tid);
  const isVictim = key !== null && key.pid === victim.pid;
  const now = key && !isVictim ? refresh(key, budget) : null;
  return {
    key,
    isVictim,
    // Alive now, so alive then; a task that is dying now may have been alive then.
    exiting: exiting ?? (now?.exiting === false ? false : null),
    kernelThread: key?.seen?.isKernelThread ?? false,
    inInterrupt: event.inInterrupt,
    process: key && !isVictim ? identityOf(key) : null,
    ancestors: key && !isVictim ? ancestorsOf(key, table) : [],
  };
}

/** Those above a process that run now, nearest first. */
export function ancestorsOf(process: Known, table: ProcessTable): Identity[] {
  const ancestors: Identity[] = [];
  let parent = table.get(process.ppid);
  while (parent && parent !== process && ancestors.length < mostAncestors) {
    ancestors.push(identityOf(parent));
    parent = table.get(parent.ppid);
  }
  return ancestors;
}
