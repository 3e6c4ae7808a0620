import { signalName } from '../../signal.ts';
import type { Facts } from '../facts/facts.ts';
import { isShell } from '../origin/shell.ts';
import { exitedInWords, isWhole } from '../words/exited.ts';
import type { Rule } from './rule.ts';

const signalExitBase = 128;
const lastSignal = 64;

/** It ended by itself with another code than 0. */
export const exitError: Rule = {
  find(facts) {
    const { death } = facts;
    if (death.exit.code === null || death.exit.code === 0) return null;
    return {
      cause: 'exit-error',
      confidence: isWhole(death) ? 'proven' : 'likely',
      clause: `${exitedInWords(death)}${ofCommand(facts)}`,
      actor: null,
    };
  },
};

/** A shell hands on how its last command ended. */
function ofCommand({ death, victim }: Facts): string {
  const number = (death.exit.code ?? 0) - signalExitBase;
  if (!isShell(victim.comm) || number <= 0 || number > lastSignal) return '';
  return `, as a shell does whose command was ended by ${signalName(number)}`;
}
