import type { Cause } from '../../cause.ts';
import type { Facts } from '../facts/facts.ts';
import { typed } from '../words/command.ts';
import { printable, shortened } from '../words/printable.ts';

const shells: ReadonlySet<string> = new Set('bash zsh sh dash ksh fish tcsh'.split(' '));
const longestShown = 120;

/** How to start the same command so that it outlives its terminal or session; a shell belongs there. */
export function outlive({ victim }: Facts, cause: Cause): string | null {
  if (cause !== 'hangup' && cause !== 'session-ended') return null;
  const argv = victim.cmdline ?? [];
  if (argv.length === 0 || shells.has(victim.comm.replace(/^-/, ''))) return null;
  const command = shortened(printable(typed(argv)), longestShown).replace(/`/g, "'");
  const who = victim.user ? printable(victim.user) : 'its user';
  return cause === 'hangup'
    ? `\`nohup ${command} &\`, or the same in tmux, outlives the terminal.`
    : `\`systemd-run --user ${command}\` outlives the session once \`loginctl enable-linger ${who}\` has been run.`;
}
