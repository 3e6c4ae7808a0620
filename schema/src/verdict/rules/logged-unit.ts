import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { isUnrecorded, unitEvents } from '../facts/logged.ts';
import { msBefore } from '../facts/nearby.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding, Rule } from './rule.ts';

const timeouts: ReadonlySet<string> = new Set(['timeout', 'watchdog']);
const stopSignals: ReadonlySet<string> = new Set(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGQUIT']);
/** systemd hears of the OOM kill after the fact. */
const reportedWithinMs = 15_000;

/** systemd's log alone says why the process of a unit was ended. */
export const loggedUnit: Rule = {
  find(facts) {
    if (!isUnrecorded(facts) || facts.death.exit.signal === null) return null;
    const said = unitEvents(facts);
    return timedOut(facts, said) ?? outOfMemory(facts, said) ?? stopped(facts, said);
  },
};

function timedOut(facts: Facts, said: readonly EventOf<'unit'>[]): Finding | null {
  const cites = said.filter(
    ({ state, result }) => timeouts.has(state) || timeouts.has(result ?? ''),
  );
  if (cites.length === 0) return null;
  const watchdog = cites.some(({ state, result }) => state === 'watchdog' || result === 'watchdog');
  return {
    cause: 'service-timeout',
    confidence: 'likely',
    clause: `${ended(facts)} by systemd because ${watchdog ? 'its watchdog was not fed in time' : 'it did not stop in time'}, according to systemd's log`,
    actor: null,
    cites,
  };
}

/** systemd counts kills in the cgroup, whoever ran out of memory: its own limit, or the host. */
function outOfMemory(facts: Facts, said: readonly EventOf<'unit'>[]): Finding | null {
  if (facts.death.exit.signal !== 'SIGKILL') return null;
  const cites = said.filter(
    (event) =>
      (event.state === 'oom' || event.result === 'oom-kill') &&
      Math.abs(msBefore(event, facts.death) ?? Number.POSITIVE_INFINITY) <= reportedWithinMs,
  );
  if (cites.length === 0) return null;
  return {
    cause: 'oom-cgroup',
    confidence: 'possible',
    clause: `${ended(facts)} while the OOM killer killed in its unit${inUnit(facts)}, according to systemd's log; whether its cgroup or the whole host was short of memory is not known without the kernel's report`,
    actor: null,
    cites,
  };
}

function stopped(facts: Facts, said: readonly EventOf<'unit'>[]): Finding | null {
  if (!stopSignals.has(facts.death.exit.signal ?? '')) return null;
  const cites = said.filter(
    (event) => event.state.startsWith('stopping') && (msBefore(event, facts.death) ?? -1) >= 0,
  );
  if (cites.length === 0) return null;
  return {
    cause: 'service-stopped',
    confidence: 'likely',
    clause: `${ended(facts)} while systemd stopped its unit${inUnit(facts)}, according to systemd's log; systemd does not record who asked`,
    actor: null,
    cites,
  };
}

const ended = ({ death }: Facts): string =>
  `was ended with ${death.exit.signal}${timeInWords(death.at)}`;

const inUnit = ({ victim }: Facts): string => (victim.unit ? ` (${printable(victim.unit)})` : '');
