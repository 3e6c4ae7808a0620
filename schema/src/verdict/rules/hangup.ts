import type { Process } from '../../process.ts';
import type { Facts } from '../facts/facts.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const shells: ReadonlySet<string> = new Set(['bash', 'zsh', 'sh', 'dash', 'ksh', 'fish', 'tcsh']);

/** Its terminal went away: the kernel's SIGHUP, or the one that a shell without terminal hands on. */
export const hangup: Rule = {
  find(facts) {
    const { signal, death, victim } = facts;
    if (signal?.signal !== 'SIGHUP') return null;
    const handedOn = forwardingShell(facts);
    if (signal.info !== 'kernel' && !handedOn) return null;
    const terminal = victim.tty ? ` ${printable(victim.tty)}` : '';
    const who = victim.auditUser ?? victim.user;
    const session = who ? ` of ${printable(who)}` : '';
    const by = handedOn
      ? `; its shell ${handedOn.comm} (pid ${handedOn.pid}) handed the hangup on`
      : '';
    return {
      cause: 'hangup',
      confidence: handedOn ? 'likely' : (facts.decisive?.certainty ?? 'proven'),
      clause: `was ended by SIGHUP${timeInWords(death.at)} because its terminal${terminal} or session${session} was closed${by}`,
      actor: null,
      advice: [
        'Start long work with nohup, setsid, tmux or `systemd-run --user` so that it outlives the connection.',
      ],
    };
  },
};

/** A session-leading shell that has lost its parent: after a hangup bash sends SIGHUP to its jobs. */
function forwardingShell({ sender, victim }: Facts): Process | null {
  if (!sender || !shells.has(sender.comm.replace(/^-/, ''))) return null;
  const leads = typeof sender.sid === 'number' && sender.sid === sender.pid;
  const orphaned = sender.ancestry[0]?.pid === 1;
  return leads && orphaned && victim.sid === sender.sid ? sender : null;
}
