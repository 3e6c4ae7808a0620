import type { FatalSignal } from '../../event/death.ts';
import type { Process } from '../../process.ts';
import type { Facts } from '../facts/facts.ts';
import { loginOrigin } from '../origin/login.ts';
import { isShell, takesInput } from '../origin/shell.ts';
import { nameAndPid } from '../words/command.ts';
import { caught } from '../words/ended.ts';
import { printable } from '../words/printable.ts';
import { sessionInWords } from '../words/session.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';
import { sentInstead } from './sent-instead.ts';

/**
 * Its terminal went away, or what held its session or process group together: the kernel's SIGHUP, or
 * the one that a shell without terminal hands on.
 */
export const hangup: Rule = {
  find(facts) {
    const { signal, death } = facts;
    if (signal?.signal !== 'SIGHUP') return null;
    const handedOn = forwardingShell(facts);
    if (!isOfTerminal(signal) && !handedOn) return null;
    const session = sessionOf(facts);
    const by = handedOn
      ? `; its shell ${handedOn.comm} (pid ${handedOn.pid}) handed the hangup on`
      : '';
    return {
      cause: 'hangup',
      confidence: handedOn ? 'likely' : (facts.decisive?.certainty ?? 'proven'),
      clause: `was ended by SIGHUP${timeInWords(death.at)} because ${lossOfKeeper(facts) ?? whatClosed(facts, session)}${caught(facts)}${by}`,
      actor: null,
      cites: session?.cites ?? [],
    };
  },
  ruledOut: sentInstead('hangup', ['SIGHUP'], 'a terminal that went away'),
};

/** Who closes a terminal is another than whom it hangs up; what a BPF program sends hits itself. */
const isOfTerminal = ({ info, currentIsVictim, currentExiting }: FatalSignal): boolean =>
  info === 'kernel' && (!currentIsVictim || currentExiting);

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
 * The end of a process made the signal: that of the session's leader hangs up the foreground, that of
 * the last parent outside a stopped process group orphans it (exit.c, kill_orphaned_pgrp()). Null where
 * it was the end of whoever had the other side of the terminal, such as sshd, in a session of its own.
 */
function lossOfKeeper({ signal, victim }: Facts): string | null {
  if (!signal?.currentExiting || signal.currentIsVictim || !signal.current) return null;
  const ended = signal.current;
  if (ended.sid == null || victim.sid == null)
    return `${nameAndPid(ended)} had ended, which held its terminal, session or process group`;
  if (ended.sid !== victim.sid) return null;
  return ended.pid === victim.sid
    ? `${nameAndPid(ended)}, the leader of its session, had ended`
    : `its stopped process group was orphaned when ${nameAndPid(ended)} ended`;
}

/**
 * A session-leading shell that was hung up itself: an interactive bash then sends SIGHUP to its jobs.
 * It has lost its parent, or the terminal that it logged in on (the kernel takes it from all of the
 * session). A script has no jobs to hang up: what it sends is its own doing.
 */
function forwardingShell(facts: Facts): Process | null {
  const { sender, victim } = facts;
  if (!sender || !isShell(sender.comm) || takesInput(sender) === false) return null;
  if (sender.sid !== sender.pid || victim.sid !== sender.sid) return null;
  const lostTerminal = !sender.tty && Boolean(sessionOf({ ...facts, victim: sender })?.origin.tty);
  const isOrphan = sender.ancestry[0]?.pid === 1 && isOfSession(sender);
  return isOrphan || lostTerminal ? sender : null;
}

/** The first process of a service leads a session below pid 1 too. */
const isOfSession = ({ auditSession, unit }: Process): boolean =>
  typeof auditSession === 'number' || unit?.startsWith('session-') === true;
