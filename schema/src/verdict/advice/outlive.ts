import type { Cause } from '../../cause.ts';
import type { Facts } from '../facts/facts.ts';
import { isShell } from '../origin/shell.ts';
import { typed } from '../words/command.ts';
import { printable, shortened } from '../words/printable.ts';

const longestShown = 120;

/** How to start the same command so that it outlives its terminal or session; a shell belongs there. */
export function outlive({ victim }: Facts, cause: Cause): string | null {
  if (cause !== 'hangup' && cause !== 'session-ended') return null;
  const argv = victim.cmdline ?? [];
  if (argv.length === 0 || isShell(victim.comm)) return null;
  const command = shortened(printable(typed(argv)), longestShown).replace(/`/g, "'");
  const who = victim.user ? printable(victim.user) : 'its user';
  return cause === 'hangup'
    ? `\`nohup ${command} &\`, or the same in tmux, outlives the terminal.`
    : `\`systemd-run --user ${command}\` outlives the session once \`loginctl enable-linger ${who}\` has been run.`;
}
