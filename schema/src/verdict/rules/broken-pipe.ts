import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

/** It wrote to a pipe or socket that nobody reads any more. */
export const brokenPipe: Rule = {
  find({ signal, death }) {
    if (signal?.signal !== 'SIGPIPE' || signal.info === 'user' || !signal.currentIsVictim)
      return null;
    return {
      cause: 'broken-pipe',
      confidence: 'proven',
      clause: `was ended by SIGPIPE${timeInWords(death.at)}: it wrote to a pipe or socket whose reader was gone`,
      actor: null,
    };
  },
};
