import { exitedInWords, isWhole } from '../words/exited.ts';
import type { Rule } from './rule.ts';

/** It ended by itself with code 0: main returned, exit or _exit; the kernel cannot tell these apart. */
export const exitOk: Rule = {
  find({ death }) {
    if (death.exit.code !== 0) return null;
    return {
      cause: 'exit-ok',
      confidence: isWhole(death) ? 'proven' : 'likely',
      clause: exitedInWords(death),
      actor: null,
    };
  },
};
