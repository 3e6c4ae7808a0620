import type { FatalSignal } from '../../event/death.ts';
import type { Facts } from '../facts/facts.ts';
import { nameAndPid } from '../words/command.ts';
import { endedBySignal } from '../words/ended.ts';
import type { Rule } from './rule.ts';

/** A dying process took it along: PR_SET_PDEATHSIG, the end of its pid namespace, PTRACE_O_EXITKILL. */
export const parentDied: Rule = {
  find(facts) {
    const { signal, decisive } = facts;
    const why = signal && dyingBond(signal, facts);
    if (!signal?.current || !why) return null;
    return {
      cause: 'parent-died',
      confidence: decisive?.certainty ?? 'proven',
      clause: `${endedBySignal(facts)} because ${nameAndPid(signal.current)}, ${why}, had ended`,
      actor: signal.current,
    };
  },
};

function dyingBond(signal: FatalSignal, { death }: Facts): string | null {
  if (!signal.currentExiting || signal.currentIsVictim || death.oomMarked) return null;
  if (signal.info === 'none' && signal.group)
    return 'its parent (it had asked for a parent-death signal)';
  if (signal.info !== 'kernel' || signal.signal !== 'SIGKILL') return null;
  if (!signal.group) return 'which traced it and was to take it along';
  return signal.current?.innerPid === 1 ? 'the init of its pid namespace' : null;
}
