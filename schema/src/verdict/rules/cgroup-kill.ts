import { cgroupWriter } from '../facts/cgroup-writer.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

/** Somebody wrote to the cgroup.kill of its cgroup. */
export const cgroupKill: Rule = {
  find(facts) {
    const actor = cgroupWriter(facts);
    if (!actor) return null;
    const cgroup = facts.victim.cgroup ? ` ${printable(facts.victim.cgroup)}` : '';
    return {
      cause: 'cgroup-kill',
      confidence: facts.decisive?.certainty ?? 'proven',
      clause: `was killed${timeInWords(facts.death.at)} together with its cgroup${cgroup} (cgroup.kill) by {actor}`,
      actor,
    };
  },
};
