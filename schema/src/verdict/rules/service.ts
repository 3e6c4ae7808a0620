import type { FatalSignal } from '../../event/death.ts';
import type { Facts } from '../facts/facts.ts';
import { near } from '../facts/nearby.ts';
import { workOnUnit } from '../facts/package-work.ts';
import { senderOf } from '../facts/sender.ts';
import { isServiceManager } from '../facts/service-manager.ts';
import { endedBySignal } from '../words/ended.ts';
import { printable } from '../words/printable.ts';
import type { Finding, Rule } from './rule.ts';

const unitWithinMs = 120_000;
const timeoutStates: ReadonlySet<string> = new Set(['timeout', 'watchdog']);

/** systemd ended it: the stop of its unit, a time limit, or the end of its session. */
export const service: Rule = {
  find(facts) {
    if (!facts.decisive || !facts.sender || !isServiceManager(facts.sender)) return null;
    const { unit } = facts.victim;
    if (unit?.startsWith('session-')) return sessionEnded(facts, unit);
    return timedOut(facts) ?? stopped(facts);
  },
  ruledOut({ sender, decisive }) {
    if (!decisive || !sender || isServiceManager(sender)) return [];
    return [
      {
        cause: 'service-stopped',
        because: `the signal came from ${printable(sender.comm)} (pid ${sender.pid}), ${sender.comm === 'systemd' ? 'which is not the service manager' : 'not from systemd'}`,
      },
    ];
  },
};

function sessionEnded(facts: Facts, unit: string): Finding {
  return {
    cause: 'session-ended',
    confidence: facts.decisive?.certainty ?? 'proven',
    clause: `${endedBySignal(facts)} by systemd because its login session (${printable(unit)}) ended`,
    actor: facts.sender,
    cites: near(facts.evidence, 'logout', facts.death, unitWithinMs).slice(0, 1),
  };
}

/** systemd says so, or killed what it had asked to stop before. */
function timedOut(facts: Facts): Finding | null {
  const said = unitEvents(facts).filter(
    (event) => timeoutStates.has(event.state) || timeoutStates.has(event.result ?? ''),
  );
  const { signal, death } = facts;
  const ignored = facts.misses.filter(
    (miss) => miss.signal === 'SIGTERM' && miss.by.pid === facts.sender?.pid,
  );
  const insisted =
    signal?.signal === 'SIGKILL' && (death.signals.some(askedToStop) || ignored.length > 0);
  // WatchdogSignal= of systemd.service(5); TimeoutAbortSec= sends the same.
  const aborted = signal?.signal === 'SIGABRT';
  if (said.length === 0 && !insisted && !aborted) return null;
  const bitten = said.some((event) => event.state === 'watchdog' || event.result === 'watchdog');
  const what = bitten
    ? 'because its watchdog was not fed in time'
    : aborted && said.length === 0
      ? 'with the signal that it uses for a watchdog or a timeout'
      : 'because it did not stop in time';
  return {
    cause: 'service-timeout',
    confidence: said.length > 0 ? 'proven' : 'likely',
    clause: `${endedBySignal(facts)} by systemd ${what}${inUnit(facts)}`,
    actor: facts.sender,
    cites: said.length > 0 ? said : ignored.map(({ event }) => event),
  };
}

function askedToStop(signal: FatalSignal): boolean {
  const sender = senderOf(signal);
  return signal.signal === 'SIGTERM' && sender !== null && isServiceManager(sender);
}

function stopped(facts: Facts): Finding {
  const said = unitEvents(facts).filter((event) => event.state.startsWith('stop'));
  const work = workOnUnit(facts);
  return {
    cause: 'service-stopped',
    confidence: facts.decisive?.certainty ?? 'proven',
    clause: `${endedBySignal(facts)} by systemd, which stopped it${inUnit(facts)}${work?.words ?? ''}; systemd does not record who asked`,
    actor: facts.sender,
    cites: [...said, ...(work?.cites ?? [])],
  };
}

function unitEvents({ evidence, death, victim }: Facts) {
  if (!victim.unit) return [];
  return near(evidence, 'unit', death, unitWithinMs).filter((event) => event.unit === victim.unit);
}

const inUnit = ({ victim }: Facts): string =>
  victim.unit ? ` (unit ${printable(victim.unit)})` : '';
