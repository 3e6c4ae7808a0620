import { isFault } from '../facts/sender.ts';
import { caught } from '../words/ended.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const sysSeccomp = 1;

/** Its seccomp filter does not allow the system call that it made. */
export const seccomp: Rule = {
  find(facts) {
    const { signal, death, decisive } = facts;
    if (!decisive && death.seccompStrict && death.exit.signal === 'SIGKILL')
      return {
        cause: 'seccomp',
        confidence: death.signalsLost > 0 ? 'likely' : 'proven',
        clause: `was killed${timeInWords(death.at)} for a system call that seccomp's strict mode forbids`,
        actor: null,
      };
    if (signal?.signal !== 'SIGSYS' || signal.code !== sysSeccomp || !isFault(signal)) return null;
    return {
      cause: 'seccomp',
      confidence: decisive?.certainty ?? 'proven',
      clause: `was killed with SIGSYS${timeInWords(death.at)} for a system call that its seccomp filter forbids${caught(facts)}`,
      actor: null,
    };
  },
};
