import type { Facts } from '../facts/facts.ts';
import { isUnrecorded } from '../facts/logged.ts';
import { near } from '../facts/nearby.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding, Rule } from './rule.ts';

const logWithinMs = 30_000;
const momentMs = 2_000;

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
    if (!first) return atThatMoment(facts);
    return {
      cause: 'oom-daemon',
      confidence: 'likely',
      clause: `was ended${first.signal ? ` with ${first.signal}` : ''}${timeInWords(death.at)} by the memory-pressure daemon ${printable(first.daemon)}, according to its log`,
      actor: null,
      cites: said,
    };
  },
};

/** The daemon names a number, systemd a unit: that they mean one process is a guess from the time. */
function atThatMoment(facts: Facts): Finding | null {
  const { evidence, death, victim } = facts;
  if (!victim.unit || death.exit.signal === null) return null;
  const [said] = near(evidence, 'oom-daemon-kill', death, momentMs).filter(
    (event) => event.comm === null && event.unit === null && event.signal === death.exit.signal,
  );
  if (!said) return null;
  return {
    cause: 'oom-daemon',
    confidence: 'possible',
    clause: `was ended with ${death.exit.signal}${timeInWords(death.at)} at the moment when the memory-pressure daemon ${printable(said.daemon)} killed a process, according to its log`,
    actor: null,
    cites: [said],
  };
}
