import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import { stopRequests } from '../facts/reaction.ts';
import { isFromSelf } from '../facts/sender.ts';
import { agreed } from '../words/agreed.ts';
import { caught } from '../words/ended.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding, Rule } from './rule.ts';

/** kill(getpid()), raise: nobody else did it. */
export const signalToSelf: Rule = {
  find(facts) {
    const { signal, decisive, victim, death } = facts;
    if (!signal || !isFromSelf(signal)) return null;
    if (death.signalsLost > 0 && stopRequests.has(signal.signal)) return mayBeAnswer(death, signal);
    return {
      cause: 'signal-to-self',
      confidence: decisive?.certainty ?? 'proven',
      clause: `sent ${signal.signal} to itself${timeInWords(death.at)}${caught(facts)}${agreed(facts)}`,
      actor: victim,
    };
  },
};

/** It may have caught a request of somebody, cleaned up and raised it again: that request may be lost. */
const mayBeAnswer = ({ at }: DeathEvent, { signal }: FatalSignal): Finding => ({
  cause: 'unknown',
  confidence: 'unknown',
  clause: `ended by ${signal}, which it raised itself${timeInWords(at)}; whether somebody had asked it to stop got lost`,
  actor: null,
});
