import { askedFor } from '../facts/asked.ts';
import { enderOf } from '../facts/ender.ts';
import { isRuntimeOf } from '../facts/runtime.ts';
import { workloadEnd } from '../facts/workload.ts';
import { askedInWords } from '../words/asked.ts';
import { command } from '../words/command.ts';
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
    const end = workloadEnd(facts);
    const asked = askedInWords(end.isOwn ? null : askedFor(facts, 'container-runtime'), '');
    const runtime = asked.actor ? command(actor) : '{actor}';
    return {
      cause: 'container-stopped',
      confidence: end.cites.length > 0 ? 'proven' : (facts.decisive?.certainty ?? 'proven'),
      clause: `${endedBySignal(facts)} by the container runtime ${runtime}${container}${end.words}${asked.clause}`,
      actor: asked.actor ?? actor,
      ...asked.certainty,
      cites: [...end.cites, ...asked.cites],
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
