import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const sysSeccomp = 1;

/** Its seccomp filter does not allow the system call that it made. */
export const seccomp: Rule = {
  find({ signal, death, decisive }) {
    if (!decisive && death.seccompStrict && death.exit.signal === 'SIGKILL')
      return {
        cause: 'seccomp',
        confidence: death.signalsLost > 0 ? 'likely' : 'proven',
        clause: `was killed${timeInWords(death.at)} for a system call that seccomp's strict mode forbids`,
        actor: null,
      };
    if (signal?.signal !== 'SIGSYS' || signal.info !== 'user' || signal.code !== sysSeccomp)
      return null;
    return {
      cause: 'seccomp',
      confidence: 'proven',
      clause: `was killed with SIGSYS${timeInWords(death.at)} for a system call that its seccomp filter forbids`,
      actor: null,
    };
  },
};
