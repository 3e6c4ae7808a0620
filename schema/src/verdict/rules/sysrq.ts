import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { isKernelsWord, isUnrecorded } from '../facts/logged.ts';
import { between } from '../facts/nearby.ts';
import { isOomVictim, oomReport } from '../facts/oom-report.ts';
import { endedBySignal } from '../words/ended.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding, Rule } from './rule.ts';

type Action = EventOf<'sysrq'>['action'];

/** drivers/tty/sysrq.c: what each key that ends processes sends, and what it is to do. */
const keys: Readonly<Partial<Record<Action, { key: string; signal: string; to: string }>>> = {
  'terminate-all': { key: 'e', signal: 'SIGTERM', to: 'terminate all processes' },
  'kill-all': { key: 'i', signal: 'SIGKILL', to: 'kill all processes' },
  sak: { key: 'k', signal: 'SIGKILL', to: 'kill all that use a terminal' },
};
/** The line is printed just before the signals are sent. */
const beforeMs = 2_000;
const afterMs = 200;

/** Somebody asked the kernel for it by a sysrq key; whoever ran then need not be the one. */
export const sysrq: Rule = {
  find: (facts) => manualOom(facts) ?? askedFor(facts),
};

/** An OOM kill that was asked for (f): memory was not short. */
function manualOom(facts: Facts): Finding | null {
  const report = oomReport(facts);
  if (!report?.manual) return null;
  return {
    cause: 'sysrq',
    confidence: facts.death.oomMarked || isKernelsWord(report) ? 'proven' : 'likely',
    clause: `was killed by the kernel${timeInWords(facts.death.at)} because somebody asked for an OOM kill (sysrq f); memory was not short`,
    actor: null,
    cites: [report],
  };
}

function askedFor(facts: Facts): Finding | null {
  const { death, victim, signal, decisive, evidence } = facts;
  if (signal ? signal.info !== 'kernel' : !isUnrecorded(facts)) return null;
  if (isOomVictim(facts)) return null;
  const name = signal?.signal ?? death.exit.signal;
  const said = between(evidence, 'sysrq', signal ?? death, beforeMs, afterMs).find(
    (event) =>
      isKernelsWord(event) &&
      keys[event.action]?.signal === name &&
      (event.pid == null || event.pid === victim.pid),
  );
  const asked = said && keys[said.action];
  if (!asked) return null;
  return {
    cause: 'sysrq',
    confidence: decisive?.certainty ?? 'likely',
    clause: `${endedBySignal(facts)} by the kernel because somebody asked it to ${asked.to} (sysrq ${asked.key})`,
    actor: null,
    cites: [said],
  };
}
