import type { Cause } from '../../cause.ts';
import type { EventOf } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import type { Facts } from '../facts/facts.ts';
import { killsAudited, senderAudited } from '../facts/kills-audited.ts';
import { isRuntimeOf } from '../facts/runtime.ts';
import { isServiceManager } from '../facts/service-manager.ts';
import { timeoutsOf } from '../facts/unit-events.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

/** No signal is on the probe's record, but the audit log has the system call that hit this process. */
export const auditedKill: Rule = {
  find(facts) {
    if (facts.decisive || isIncomplete(facts)) return null;
    const records = killsAudited(facts.death, facts.evidence).filter((call) =>
      isOfThisEnd(call, facts.death),
    );
    const senders = new Set(records.map((record) => record.senderPid));
    const record = records[0];
    if (!record || senders.size !== 1 || isAnothers(facts, records.length)) return null;
    const actor = senderAudited(record);
    // systemd's own log says more: that a time was up.
    if (isServiceManager(actor) && timeoutsOf(facts).length > 0) return null;
    return {
      cause: causeOf(actor, facts),
      confidence: 'likely',
      clause: `was ended by ${record.signal}${timeInWords(facts.death.at)}, sent by {actor}, according to the audit log`,
      actor,
      cites: records,
    };
  },
};

function causeOf(actor: Process, { victim }: Facts): Cause {
  if (actor.pid === victim.pid) return 'signal-to-self';
  if (isServiceManager(actor))
    return victim.unit?.startsWith('session-') ? 'session-ended' : 'service-stopped';
  return isRuntimeOf(actor, victim) ? 'container-stopped' : 'signal-from-process';
}

const isOfThisEnd = ({ signal }: EventOf<'kill-syscall'>, { exit }: Facts['death']): boolean =>
  Boolean(signal) && (exit.signal === null ? exit.code === null : signal === exit.signal);

/**
 * The probe tells of a signal that the audit log does not have: more were lost than calls are known,
 * or an equal one came when one was pending already.
 */
function isAnothers({ death }: Facts, calls: number): boolean {
  const isLate = death.signals.some(
    ({ signal, result }) => signal === death.exit.signal && result === 'pending',
  );
  return isLate || death.signalsLost > calls;
}

const aroundMs = 2_000;

/** Another's call may be among what was lost. */
function isIncomplete({ evidence, death }: Facts): boolean {
  if (death.at === null) return true;
  const diedMs = Date.parse(death.at);
  return evidence.some(
    (event) =>
      event.kind === 'gap' &&
      carriersOfAudit.has(event.of) &&
      (event.since === null || Date.parse(event.since) <= diedMs + aroundMs) &&
      (event.until === null || Date.parse(event.until) >= diedMs - aroundMs),
  );
}

const carriersOfAudit: ReadonlySet<string> = new Set(['audit', 'journal', 'agent', 'spool']);
