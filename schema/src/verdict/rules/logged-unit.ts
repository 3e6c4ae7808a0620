import type { Facts } from '../facts/facts.ts';
import { isUnrecorded, unitEvents } from '../facts/logged.ts';
import { msBefore } from '../facts/nearby.ts';
import { stoppingOf } from '../facts/unit-events.ts';
import { endedBySignal } from '../words/ended.ts';
import { inUnit } from '../words/unit.ts';
import type { Finding, Rule } from './rule.ts';

const stopSignals: ReadonlySet<string> = new Set(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGQUIT']);
/** systemd hears of the OOM kill after the fact. */
const reportedWithinMs = 15_000;

/** systemd's log alone says why the process of a unit was ended. */
export const loggedUnit: Rule = {
  find(facts) {
    if (!isUnrecorded(facts) || facts.death.exit.signal === null) return null;
    return outOfMemory(facts) ?? stopped(facts);
  },
};

/** systemd counts kills in the cgroup, whoever ran out of memory: its own limit, or the host. */
function outOfMemory(facts: Facts): Finding | null {
  if (facts.death.exit.signal !== 'SIGKILL') return null;
  const cites = unitEvents(facts).filter(
    (event) =>
      (event.state === 'oom' || event.result === 'oom-kill') &&
      Math.abs(msBefore(event, facts.death) ?? Number.POSITIVE_INFINITY) <= reportedWithinMs,
  );
  if (cites.length === 0) return null;
  return {
    cause: 'oom-cgroup',
    confidence: 'possible',
    clause: `${endedBySignal(facts)} while the OOM killer killed in its unit${inUnit(facts)}, according to systemd's log; whether its cgroup or the whole host was short of memory is not known without the kernel's report`,
    actor: null,
    cites,
  };
}

/** A unit that is stopped gets no SIGKILL unless its time is up: that one may be anybody's. */
function stopped(facts: Facts): Finding | null {
  const signal = facts.death.exit.signal ?? '';
  const stopping = stoppingOf(facts);
  if (!stopSignals.has(signal) || !stopping || (msBefore(stopping, facts.death) ?? -1) < 0)
    return null;
  return {
    cause: 'service-stopped',
    confidence: signal === 'SIGKILL' ? 'possible' : 'likely',
    clause: `${endedBySignal(facts)} while systemd stopped its unit${inUnit(facts)}, according to systemd's log; systemd does not record who asked`,
    actor: null,
    cites: [stopping],
  };
}
