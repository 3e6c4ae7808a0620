import { patienceAdvice } from '../advice/patience.ts';
import { isUnrecorded } from '../facts/logged.ts';
import { patienceOf, timeoutsOf } from '../facts/unit-events.ts';
import { endedBySignal } from '../words/ended.ts';
import { patienceInWords } from '../words/unit.ts';
import type { Rule } from './rule.ts';

/** What systemd sends where a time was up, WatchdogSignal= included; a fault is none of it. */
const signals: ReadonlySet<string> = new Set([
  'SIGKILL',
  'SIGABRT',
  'SIGTERM',
  'SIGQUIT',
  'SIGINT',
  'SIGHUP',
]);

/** systemd's log alone says that it ended the process of a unit whose time was up. */
export const loggedTimeout: Rule = {
  find(facts) {
    if (!isUnrecorded(facts) || !signals.has(facts.death.exit.signal ?? '')) return null;
    const cites = timeoutsOf(facts);
    if (cites.length === 0) return null;
    const patience = patienceOf(cites);
    return {
      cause: 'service-timeout',
      confidence: 'likely',
      clause: `${endedBySignal(facts)} by systemd ${patienceInWords(patience)}, according to systemd's log`,
      actor: null,
      cites,
      advice: patienceAdvice(facts, patience),
    };
  },
};
