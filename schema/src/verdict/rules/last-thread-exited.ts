import { afterInWords, isWhole } from '../words/exited.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

/** Its last thread ended (pthread_exit, cancellation), and nobody called exit. */
export const lastThreadExited: Rule = {
  find({ death }) {
    if (death.exit.code === null || death.exitGroup !== false) return null;
    return {
      cause: 'last-thread-exited',
      confidence: isWhole(death) ? 'proven' : 'likely',
      clause: `ended${timeInWords(death.at)}${afterInWords(death)} because its last thread ended, without exit()`,
      actor: null,
    };
  },
};
