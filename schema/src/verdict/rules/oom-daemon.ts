import { enderOf } from '../facts/ender.ts';
import type { Facts } from '../facts/facts.ts';
import { near } from '../facts/nearby.ts';
import { isSystemProgram } from '../facts/system-program.ts';
import { endedBySignal } from '../words/ended.ts';
import type { Rule } from './rule.ts';

/** Kernel names, cut at 15 bytes. */
const daemons: ReadonlySet<string> = new Set([
  'systemd-oomd',
  'earlyoom',
  'nohang',
  'oomd',
  'oomd_bin',
  'low-memory-moni',
]);
const logWithinMs = 30_000;

/** A user-space daemon killed it because memory was short. */
export const oomDaemon: Rule = {
  find(facts) {
    const actor = enderOf(facts);
    if (!actor || !daemons.has(actor.comm) || !isSystemProgram(actor)) return null;
    return {
      cause: 'oom-daemon',
      confidence: facts.decisive?.certainty ?? 'proven',
      clause: `${endedBySignal(facts)} by the memory-pressure daemon {actor}`,
      actor,
      cites: reports(facts),
    };
  },
};

function reports({ evidence, death, victim }: Facts) {
  return near(evidence, 'oom-daemon-kill', death, logWithinMs).filter(
    (event) => event.pid === victim.pid || (event.unit !== null && event.unit === victim.unit),
  );
}
