import type { Process } from '../../process.ts';
import type { Facts } from '../facts/facts.ts';
import { loginOrigin } from '../origin/login.ts';
import { printable } from '../words/printable.ts';
import { sessionInWords } from '../words/session.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const shells: ReadonlySet<string> = new Set(['bash', 'zsh', 'sh', 'dash', 'ksh', 'fish', 'tcsh']);

/** Its terminal went away: the kernel's SIGHUP, or the one that a shell without terminal hands on. */
export const hangup: Rule = {
  find(facts) {
    const { signal, death } = facts;
    if (signal?.signal !== 'SIGHUP') return null;
    const handedOn = forwardingShell(facts);
    if (signal.info !== 'kernel' && !handedOn) return null;
    const session = sessionOf(facts);
    const by = handedOn
      ? `; its shell ${handedOn.comm} (pid ${handedOn.pid}) handed the hangup on`
      : '';
    return {
      cause: 'hangup',
      confidence: handedOn ? 'likely' : (facts.decisive?.certainty ?? 'proven'),
      clause: `was ended by SIGHUP${timeInWords(death.at)} because ${whatClosed(facts, session)}${by}`,
      actor: null,
      cites: session?.cites ?? [],
    };
  },
};

type Session = ReturnType<typeof loginOrigin>;

const sessionOf = ({ victim, evidence, signal }: Facts): Session =>
  loginOrigin(victim, evidence, signal ?? { at: null });

function whatClosed({ victim, death }: Facts, found: Session): string {
  const session = found?.origin;
  if (session?.from || session?.since)
    return `its terminal was closed, that of the session of ${sessionInWords(session, death.at)}`;
  const terminal = victim.tty ? ` ${printable(victim.tty)}` : '';
  const who = victim.auditUser ?? victim.user;
  return `its terminal${terminal} or session${who ? ` of ${printable(who)}` : ''} was closed`;
}

/**
 * A session-leading shell that was hung up itself: bash then sends SIGHUP to its jobs. It has lost its
 * parent, or the terminal that it logged in on (the kernel takes it from all of the session).
 */
function forwardingShell(facts: Facts): Process | null {
  const { sender, victim } = facts;
  if (!sender || !shells.has(sender.comm.replace(/^-/, ''))) return null;
  if (sender.sid !== sender.pid || victim.sid !== sender.sid) return null;
  const isOrphan = sender.ancestry[0]?.pid === 1;
  const lostTerminal = !sender.tty && Boolean(sessionOf({ ...facts, victim: sender })?.origin.tty);
  return isOrphan || lostTerminal ? sender : null;
}
