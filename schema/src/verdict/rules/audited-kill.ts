import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { near } from '../facts/nearby.ts';
import { command } from '../words/command.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const auditWithinMs = 2_000;

/** No signal is on the probe's record, but the audit log has the system call that hit this process. */
export const auditedKill: Rule = {
  find(facts) {
    if (facts.decisive || isIncomplete(facts)) return null;
    const records = matching(facts);
    const senders = new Set(records.map((record) => record.senderPid));
    const record = records[0];
    if (!record || senders.size !== 1 || isAnothers(facts, records.length)) return null;
    const actor = {
      pid: record.senderPid,
      comm: record.senderComm ?? record.senderExe ?? '?',
      exe: record.senderExe ?? null,
      cmdline: record.cmdline ?? null,
      uid: record.senderUid ?? null,
      auid: record.auid ?? null,
      auditSession: record.session ?? null,
      tty: record.tty ?? null,
      ancestry: [],
    };
    return {
      cause: actor.pid === facts.victim.pid ? 'signal-to-self' : 'signal-from-process',
      confidence: 'likely',
      clause: `was ended by ${record.signal}${timeInWords(facts.death.at)}, sent by ${command(actor)} according to the audit log`,
      actor,
      cites: records,
    };
  },
};

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

/** Another's call may be among what was lost. */
function isIncomplete({ evidence, death }: Facts): boolean {
  if (death.at === null) return true;
  const diedMs = Date.parse(death.at);
  return evidence.some(
    (event) =>
      event.kind === 'gap' &&
      carriersOfAudit.has(event.of) &&
      (event.since === null || Date.parse(event.since) <= diedMs + auditWithinMs) &&
      (event.until === null || Date.parse(event.until) >= diedMs - auditWithinMs),
  );
}

const carriersOfAudit: ReadonlySet<string> = new Set(['audit', 'journal', 'agent', 'spool']);

function matching({ evidence, death, victim }: Facts): EventOf<'kill-syscall'>[] {
  return near(evidence, 'kill-syscall', death, auditWithinMs).filter(
    (event) =>
      // Into a text log anybody may write anybody's name.
      event.source !== 'log' &&
      event.targetPid === victim.pid &&
      event.success !== false &&
      Boolean(event.signal) &&
      (death.exit.signal === null ? death.exit.code === null : event.signal === death.exit.signal),
  );
}
