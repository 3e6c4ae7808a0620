import { runOfSender } from '../facts/package-work.ts';
import { endedBySignal } from '../words/ended.ts';
import type { Rule } from './rule.ts';

/** The kernel recorded who sent the signal that ended it. */
export const signalFromProcess: Rule = {
  find(facts) {
    if (!facts.decisive || !facts.sender) return null;
    return {
      cause: 'signal-from-process',
      confidence: facts.decisive.certainty,
      clause: `${endedBySignal(facts)} by {actor}`,
      actor: facts.sender,
      cites: runOfSender(facts),
    };
  },
};
