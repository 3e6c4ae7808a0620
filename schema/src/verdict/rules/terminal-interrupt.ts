import { duration } from '../words/duration.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const keys: Readonly<Record<string, string>> = { SIGINT: 'Ctrl-C', SIGQUIT: 'Ctrl-\\' };

/** The terminal's line discipline made the signal: somebody typed Ctrl-C or Ctrl-\ there. */
export const terminalInterrupt: Rule = {
  find({ signal, decisive, death, victim }) {
    const key = signal && keys[signal.signal];
    if (!key || signal.info !== 'kernel') return null;
    const where = victim.tty
      ? ` typed on its terminal ${printable(victim.tty)}`
      : ' typed on its terminal';
    const who = victim.auditUser ?? victim.user;
    const session = who ? `, a session of ${printable(who)}` : '';
    const caught =
      decisive?.how === 'handled'
        ? ` (it caught ${signal.signal} and exited${death.exit.code === null ? '' : ` with code ${death.exit.code}`} after ${duration(decisive.delayMs)})`
        : '';
    return {
      cause: 'terminal-interrupt',
      confidence: signal.currentKernelThread ? (decisive?.certainty ?? 'proven') : 'likely',
      clause: `was ended${timeInWords(death.at)} by ${key}${where}${session}${caught}`,
      actor: null,
    };
  },
};
