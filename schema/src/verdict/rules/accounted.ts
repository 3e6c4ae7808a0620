import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { isUnrecorded } from '../facts/logged.ts';
import { near } from '../facts/nearby.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding, Rule } from './rule.ts';

/** The record tells the second of the start and the length of the life. */
const withinMs = 5_000;
const crashes: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);
const according = "according to the kernel's process accounting";

/** Process accounting alone tells how it ended: the exit status or the signal, and never who sent it. */
export const accounted: Rule = {
  find(facts) {
    if (!isUnrecorded(facts)) return null;
    const [record] = near(facts.evidence, 'process-accounting', facts.death, withinMs).filter(
      ({ pid, comm }) => pid === facts.victim.pid && comm === facts.victim.comm,
    );
    return record ? finding(facts, record) : null;
  },
};

function finding({ death }: Facts, record: EventOf<'process-accounting'>): Finding | null {
  const when = timeInWords(death.at);
  const told = { actor: null, cites: [record] };
  const signal = record.signal ?? death.exit.signal;
  if (signal == null) {
    if (typeof record.exitCode !== 'number') return null;
    return {
      ...told,
      cause: record.exitCode === 0 ? 'exit-ok' : 'exit-error',
      confidence: 'likely',
      clause: `exited by itself${when} with code ${record.exitCode}, ${according}`,
    };
  }
  if (crashes.has(signal) && record.coreDumped)
    return {
      ...told,
      cause: 'crash',
      confidence: 'possible',
      clause: `ended with ${signal} and a core${when}, ${according}, which does not tell a fault from a signal that somebody sent`,
    };
  return {
    ...told,
    cause: 'unknown',
    confidence: 'unknown',
    clause: `was ended by ${signal}${when}, ${according}; who or what sent it was not recorded`,
  };
}
