import { runOfSender } from '../facts/package-work.ts';
import { workloadEnd } from '../facts/workload.ts';
import { endedBySignal } from '../words/ended.ts';
import type { Rule } from './rule.ts';

/** The kernel recorded who sent the signal that ended it. */
export const signalFromProcess: Rule = {
  find(facts) {
    if (!facts.decisive || !facts.sender) return null;
    // A batch scheduler ends the steps of its jobs itself.
    const end = facts.sender.comm === 'slurmstepd' ? workloadEnd(facts) : null;
    return {
      cause: 'signal-from-process',
      confidence: facts.decisive.certainty,
      clause: `${endedBySignal(facts)} by {actor}${end?.words ?? ''}`,
      actor: facts.sender,
      cites: [...runOfSender(facts), ...(end?.cites ?? [])],
    };
  },
};
