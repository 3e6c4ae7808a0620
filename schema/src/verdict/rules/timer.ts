import { caught } from '../words/ended.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';
import { sentInstead } from './sent-instead.ts';

const siTimer = -2;
const intervalTimers: ReadonlySet<string> = new Set(['SIGALRM', 'SIGVTALRM', 'SIGPROF']);

/**
 * A timer that the process had set ran out; whoever ran at that moment is a bystander. A siginfo of a
 * timer may be forged, and a BPF program may send what looks like an alarm: the probe tells them apart.
 */
export const timer: Rule = {
  find(facts) {
    const { signal, death, decisive } = facts;
    if (!signal) return null;
    const interval =
      intervalTimers.has(signal.signal) && signal.info === 'kernel' && signal.timed !== false;
    const posix = signal.info === 'user' && signal.code === siTimer && !signal.queued;
    if (!interval && !posix) return null;
    const kind = interval ? 'alarm or interval timer' : 'POSIX timer';
    return {
      cause: 'timer',
      confidence: decisive?.certainty ?? 'proven',
      clause: `was ended by ${signal.signal}${timeInWords(death.at)} of its own ${kind}${decisive?.how === 'fatal' ? ', which it did not handle' : caught(facts)}`,
      actor: null,
    };
  },
  ruledOut: sentInstead('timer', [...intervalTimers], 'a timer'),
};
