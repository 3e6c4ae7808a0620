import { caught } from '../words/ended.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';
import { sentInstead } from './sent-instead.ts';

const keys: Readonly<Record<string, string>> = { SIGINT: 'Ctrl-C', SIGQUIT: 'Ctrl-\\' };

/** The terminal's line discipline made the signal: somebody typed Ctrl-C or Ctrl-\ there. */
export const terminalInterrupt: Rule = {
  find(facts) {
    const { signal, decisive, death, victim } = facts;
    const key = signal && keys[signal.signal];
    // What hits the very task that runs came of no key: a BPF program may send so.
    if (!key || signal.info !== 'kernel' || signal.currentIsVictim) return null;
    const where = victim.tty
      ? ` typed on its terminal ${printable(victim.tty)}`
      : ' typed on its terminal';
    const who = victim.auditUser ?? victim.user;
    const session = who ? `, a session of ${printable(who)}` : '';
    return {
      cause: 'terminal-interrupt',
      confidence: signal.currentKernelThread ? (decisive?.certainty ?? 'proven') : 'likely',
      clause: `was ended${timeInWords(death.at)} by ${key}${where}${session}${caught(facts)}`,
      actor: null,
    };
  },
  ruledOut: sentInstead('terminal-interrupt', Object.keys(keys), 'a key on a terminal'),
};
