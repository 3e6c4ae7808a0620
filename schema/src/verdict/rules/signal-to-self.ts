import { isFromSelf } from '../facts/sender.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

/** kill(getpid()), raise: nobody else did it. */
export const signalToSelf: Rule = {
  find({ signal, decisive, victim, death }) {
    if (!signal || !isFromSelf(signal)) return null;
    return {
      cause: 'signal-to-self',
      confidence: decisive?.certainty ?? 'proven',
      clause: `sent ${signal.signal} to itself${timeInWords(death.at)}`,
      actor: victim,
    };
  },
};
