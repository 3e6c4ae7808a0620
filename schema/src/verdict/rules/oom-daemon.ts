import { cgroupWriter } from '../facts/cgroup-writer.ts';
import type { Facts } from '../facts/facts.ts';
import { near } from '../facts/nearby.ts';
import { endedBySignal } from '../words/ended.ts';
import type { Rule } from './rule.ts';

const daemons: ReadonlySet<string> = new Set([
  'systemd-oomd',
  'earlyoom',
  'nohang',
  'oomd',
  'low-memory-mon',
]);
const logWithinMs = 30_000;

/** A user-space daemon killed it because memory was short. */
export const oomDaemon: Rule = {
  find(facts) {
    const actor = facts.sender ?? cgroupWriter(facts);
    if (!actor || !daemons.has(actor.comm)) return null;
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
