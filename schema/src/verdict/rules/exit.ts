import { duration } from '../words/duration.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const signalExitBase = 128;
const lastSignal = 64;

/** It ended by itself: main returned, exit or _exit; the kernel cannot tell these apart. */
export const exit: Rule = {
  find({ death }) {
    const { code } = death.exit;
    if (code === null) return null;
    // A signal that it was asked to stop with may be among those that were lost.
    const isWhole = death.signalsLost === 0;
    const confidence = isWhole ? 'proven' : 'likely';
    const after =
      typeof death.lifetimeMs === 'number' ? ` after ${duration(death.lifetimeMs)}` : '';
    if (death.exitGroup === false)
      return {
        cause: 'last-thread-exited',
        confidence,
        clause: `ended${timeInWords(death.at)}${after} because its last thread ended, without exit()`,
        actor: null,
      };
    const shellCode = code > signalExitBase && code <= signalExitBase + lastSignal;
    return {
      cause: code === 0 ? 'exit-ok' : 'exit-error',
      confidence,
      clause: `exited${isWhole ? ' by itself' : ''}${timeInWords(death.at)}${after} with code ${code}`,
      actor: null,
      advice: shellCode
        ? [
            `Code ${code} is how a shell reports that its command was ended by signal ${code - signalExitBase}: look for a child that died just before.`,
          ]
        : [],
    };
  },
};
