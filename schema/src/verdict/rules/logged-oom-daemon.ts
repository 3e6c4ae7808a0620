import { isUnrecorded } from '../facts/logged.ts';
import { near } from '../facts/nearby.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const logWithinMs = 30_000;

/** The log of a memory-pressure daemon alone says that it ended this process. */
export const loggedOomDaemon: Rule = {
  find(facts) {
    if (!isUnrecorded(facts)) return null;
    const { evidence, death, victim } = facts;
    const said = near(evidence, 'oom-daemon-kill', death, logWithinMs).filter(
      (event) =>
        (event.pid !== null && event.pid === victim.pid) ||
        (event.pid === null && event.unit !== null && event.unit === victim.unit),
    );
    const [first] = said;
    if (!first) return null;
    return {
      cause: 'oom-daemon',
      confidence: 'likely',
      clause: `was ended${first.signal ? ` with ${first.signal}` : ''}${timeInWords(death.at)} by the memory-pressure daemon ${printable(first.daemon)}, according to its log`,
      actor: null,
      cites: said,
    };
  },
};
