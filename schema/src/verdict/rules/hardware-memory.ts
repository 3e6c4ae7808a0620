import type { Facts } from '../facts/facts.ts';
import { near } from '../facts/nearby.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const memoryErrorCodes: ReadonlySet<number> = new Set([4, 5]);
const lineWithinMs = 5_000;

/** A memory page failed in hardware (BUS_MCEERR_AR, BUS_MCEERR_AO), or the kernel says that it killed for it. */
export const hardwareMemory: Rule = {
  find(facts) {
    const { signal, death } = facts;
    const line = failureLine(facts);
    const coded = signal?.signal === 'SIGBUS' && memoryErrorCodes.has(signal.code ?? 0);
    if (!coded && !(line && (death.exit.signal === 'SIGBUS' || death.exit.signal === 'SIGKILL')))
      return null;
    return {
      cause: 'hardware-memory',
      confidence: 'proven',
      clause: `was killed by the kernel${timeInWords(death.at)} because of a memory error in the hardware`,
      actor: null,
      cites: line ? [line] : [],
      advice: ['Drain this host and have its memory checked: mcelog, rasdaemon, EDAC counters.'],
    };
  },
};

function failureLine({ evidence, death, victim, sender }: Facts) {
  if (sender) return undefined;
  return near(evidence, 'memory-failure', death, lineWithinMs).find(
    (event) => event.pid === victim.pid && event.comm === victim.comm,
  );
}
