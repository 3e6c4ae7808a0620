import { enderOf } from '../facts/ender.ts';
import { isRuntimeOf } from '../facts/runtime.ts';
import { endedBySignal } from '../words/ended.ts';
import { printable } from '../words/printable.ts';
import type { Rule } from './rule.ts';

/** A container runtime ended it: a stop, an eviction, a failed liveness probe. */
export const containerStopped: Rule = {
  find(facts) {
    const actor = enderOf(facts);
    if (!actor || !isRuntimeOf(actor, facts.victim)) return null;
    const container = facts.victim.container
      ? ` (container ${printable(facts.victim.container.slice(0, 12))})`
      : '';
    return {
      cause: 'container-stopped',
      confidence: facts.decisive?.certainty ?? 'proven',
      clause: `${endedBySignal(facts)} by the container runtime {actor}${container}`,
      actor,
    };
  },
  ruledOut({ victim, sender, decisive }) {
    if (!victim.container || !decisive || !sender) return [];
    return [
      {
        cause: 'container-stopped',
        because: `the signal came from ${printable(sender.comm)} (pid ${sender.pid}), not from the container runtime`,
      },
    ];
  },
};
