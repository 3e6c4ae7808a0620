import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const siTimer = -2;
const intervalTimers: ReadonlySet<string> = new Set(['SIGALRM', 'SIGVTALRM', 'SIGPROF']);

/** A timer that the process had set ran out; whoever ran at that moment is a bystander. */
export const timer: Rule = {
  find({ signal, death }) {
    if (!signal) return null;
    const interval = intervalTimers.has(signal.signal) && signal.info === 'kernel';
    const posix = signal.info === 'user' && signal.code === siTimer;
    if (!interval && !posix) return null;
    const kind = interval ? 'alarm or interval timer' : 'POSIX timer';
    return {
      cause: 'timer',
      confidence: 'proven',
      clause: `was ended by ${signal.signal}${timeInWords(death.at)} of its own ${kind}, which it did not handle`,
      actor: null,
    };
  },
};
