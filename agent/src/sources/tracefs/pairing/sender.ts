import { type ReadBudget, refresh } from './facts.ts';
import { type Identity, identityOf, type Known, type Sender } from './known.ts';
import type { ProcessTable } from './table.ts';

const mostAncestors = 8;

/** The task that ran when a signal was generated, as it is known at that moment; null = nobody, or not known. */
export function senderOf(
  task: Known | null,
  victim: Known,
  table: ProcessTable,
  budget: ReadBudget,
  exiting: boolean | null,
): Omit<Sender, 'inInterrupt'> {
  const isVictim = task === victim;
  const other = isVictim ? null : task;
  const now = other && refresh(other, budget);
  return {
    key: task,
    isVictim,
    // Alive now, so alive then; a task that is dying now may have been alive then.
    exiting: exiting ?? (now?.exiting === false ? false : null),
    kernelThread: task?.seen?.isKernelThread ?? false,
    process: other && identityOf(other),
    ancestors: other ? ancestorsOf(other, table) : [],
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
