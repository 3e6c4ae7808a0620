import { isFromSelf } from '../facts/sender.ts';
import { caught } from '../words/ended.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';
import { sentInstead } from './sent-instead.ts';

/** abort(3): SIGABRT that the process raised itself; a failed assertion, a corrupted heap, an uncaught exception. */
export const abort: Rule = {
  find(facts) {
    const { signal, death, decisive } = facts;
    if (signal?.signal !== 'SIGABRT' || !isFromSelf(signal)) return null;
    return {
      cause: 'abort',
      confidence: decisive?.certainty ?? 'proven',
      clause: `aborted itself (SIGABRT)${timeInWords(death.at)}${death.exit.coreDumped ? ', core dumped' : ''}${caught(facts)}`,
      actor: null,
    };
  },
  ruledOut: sentInstead('abort', ['SIGABRT'], 'itself'),
};
