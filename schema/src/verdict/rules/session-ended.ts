import { askedFor } from '../facts/asked.ts';
import { enderOf } from '../facts/ender.ts';
import { near } from '../facts/nearby.ts';
import { isServiceManager } from '../facts/service-manager.ts';
import { askedInWords } from '../words/asked.ts';
import { endedBySignal } from '../words/ended.ts';
import { printable } from '../words/printable.ts';
import type { Rule } from './rule.ts';

const logoutWithinMs = 120_000;

/** systemd ended it with the scope of its login session (KillUserProcesses=, or a stop of the scope). */
export const sessionEnded: Rule = {
  find(facts) {
    const ender = enderOf(facts);
    const { unit } = facts.victim;
    if (!ender || !isServiceManager(ender) || !unit?.startsWith('session-')) return null;
    const asked = askedInWords(askedFor(facts, 'service-manager'), '');
    return {
      cause: 'session-ended',
      confidence: facts.decisive?.certainty ?? 'proven',
      clause: `${endedBySignal(facts)} by systemd because its login session (${printable(unit)}) ended${asked.clause}`,
      actor: asked.actor ?? ender,
      ...asked.certainty,
      cites: [
        ...near(facts.evidence, 'logout', facts.death, logoutWithinMs).slice(0, 1),
        ...asked.cites,
      ],
    };
  },
};
