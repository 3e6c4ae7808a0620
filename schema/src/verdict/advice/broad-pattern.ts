import type { Process } from '../../process.ts';
import { typed } from '../words/command.ts';
import { printable, shortened } from '../words/printable.ts';
import { type Selection, selectionIn, selectionOf } from './selection.ts';

/** A pattern that is plain text: what a regular expression meant is not ours to guess. */
const literal = /^[\w@%+=:,/ -]+$/;
const longestShown = 80;

/**
 * pkill(1) takes any part of a name, with -f or by grep any part of a command line: what hit this
 * victim, and what would not have. Null where the victim is what the pattern says.
 */
export function broadPattern(actor: Process, victim: Process): string | null {
  const selection = selectionBy(actor);
  if (!selection || !literal.test(selection.pattern)) return null;
  const { pattern, isWholeLine } = selection;
  if (pattern === victim.comm) return null;
  const shown = quoted(selection.shown);
  const exact = `\`pkill -x ${quoted(pattern)}\``;
  const name = printable(victim.comm);
  if (victim.comm.includes(pattern))
    return `\`${quoted(pattern)}\` is only a part of the name ${name}: ${exact} takes whole names.`;
  if (!isWholeLine || !(victim.cmdline ?? []).join(' ').includes(pattern)) return null;
  const hit = quoted(typed(victim.cmdline ?? []));
  return `\`${shown}\` hit ${name} for its arguments alone (\`${hit}\`): ${exact}, which looks at names, would have spared it.`;
}

/** Of the command itself, else of the shell that gave it the numbers. */
function selectionBy(actor: Process): Selection | null {
  const own = selectionOf(actor.cmdline ?? []);
  if (own) return own;
  for (const { cmdline } of [actor, ...actor.ancestry]) {
    const text = cmdline?.join(' ') ?? '';
    const chosen = /\bkill\b/.test(text) ? selectionIn(text) : null;
    if (chosen) return chosen;
  }
  return null;
}

const quoted = (text: string): string =>
  shortened(printable(text), longestShown).replace(/`/g, "'");
