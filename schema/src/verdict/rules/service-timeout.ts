import type { FatalSignal } from '../../event/death.ts';
import { patienceAdvice } from '../advice/patience.ts';
import { askedFor } from '../facts/asked.ts';
import { enderOf } from '../facts/ender.ts';
import type { Facts } from '../facts/facts.ts';
import { senderOf } from '../facts/sender.ts';
import { isServiceManager } from '../facts/service-manager.ts';
import { killRequest, type Patience, patienceOf, timeoutsOf } from '../facts/unit-events.ts';
import { askedInWords } from '../words/asked.ts';
import { endedBySignal } from '../words/ended.ts';
import { inUnit, patienceInWords } from '../words/unit.ts';
import type { Finding, Rule } from './rule.ts';

/** systemd lost patience: the unit did not stop in time, ran too long, or did not feed its watchdog. */
export const serviceTimeout: Rule = {
  find(facts) {
    const ender = enderOf(facts);
    if (!ender || !isServiceManager(ender) || killRequest(facts)) return null;
    return told(facts) ?? insisted(facts) ?? aborted(facts);
  },
};

function told(facts: Facts): Finding | null {
  const cites = timeoutsOf(facts);
  if (cites.length === 0) return null;
  const confidence = facts.decisive?.certainty ?? 'proven';
  const finding = outOfTime(facts, patienceOf(cites));
  return { ...finding, confidence, cites: [...cites, ...(finding.cites ?? [])] };
}

/** systemd killed what it had asked to stop before. */
function insisted(facts: Facts): Finding | null {
  const { signal, death, misses } = facts;
  if (signal?.signal !== 'SIGKILL') return null;
  const ignored = misses.filter(
    (miss) => miss.signal === 'SIGTERM' && miss.by.pid === enderOf(facts)?.pid,
  );
  if (ignored.length === 0 && !death.signals.some(isStopBySystemd)) return null;
  const finding = outOfTime(facts, 'stop');
  return { ...finding, cites: [...ignored.map(({ event }) => event), ...(finding.cites ?? [])] };
}

function isStopBySystemd(signal: FatalSignal): boolean {
  const sender = senderOf(signal);
  return signal.signal === 'SIGTERM' && sender !== null && isServiceManager(sender);
}

/** WatchdogSignal= of systemd.service(5); TimeoutAbortSec= sends the same. */
function aborted(facts: Facts): Finding | null {
  if (facts.signal?.signal !== 'SIGABRT') return null;
  return timedOut(facts, 'with the signal that it uses for a watchdog or a timeout', '');
}

/** A stop was asked for; a watchdog, or a limit of the run time, bites unasked. */
function outOfTime(facts: Facts, patience: Patience): Finding {
  const asked = askedInWords(patience === 'stop' ? askedFor(facts, 'service-manager') : null, '');
  const finding = timedOut(facts, patienceInWords(patience), asked.clause);
  return {
    ...finding,
    actor: asked.actor ?? finding.actor,
    ...asked.certainty,
    cites: asked.cites,
    advice: patienceAdvice(facts, patience),
  };
}

const timedOut = (facts: Facts, what: string, asked: string): Finding => ({
  cause: 'service-timeout',
  confidence: 'likely',
  clause: `${endedBySignal(facts)} by systemd ${what}${inUnit(facts)}${asked}`,
  actor: enderOf(facts),
});
