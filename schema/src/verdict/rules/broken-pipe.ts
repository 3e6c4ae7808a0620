import { caught } from '../words/ended.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';
import { sentInstead } from './sent-instead.ts';

/** It wrote to a pipe or socket that nobody reads any more. */
export const brokenPipe: Rule = {
  find(facts) {
    const { signal, death, decisive } = facts;
    if (signal?.signal !== 'SIGPIPE' || signal.info !== 'none' || !signal.currentIsVictim)
      return null;
    return {
      cause: 'broken-pipe',
      confidence: decisive?.certainty ?? 'proven',
      clause: `was ended by SIGPIPE${timeInWords(death.at)}: it wrote to a pipe or socket whose reader was gone${caught(facts)}`,
      actor: null,
    };
  },
  ruledOut: sentInstead('broken-pipe', ['SIGPIPE'], 'a pipe without reader'),
};
