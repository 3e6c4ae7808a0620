import type { Process } from '../../process.ts';
import { typed } from '../words/command.ts';
import { printable, shortened } from '../words/printable.ts';

/** A pattern that is plain text: what a regular expression meant is not ours to guess. */
const literal = /^[\w@%+=:,/ -]+$/;
const longestShown = 80;

/** pkill(1) takes any part of a name, with -f any part of a command line: what hit this victim, and what would not. */
export function broadPattern(actor: Process, victim: Process): string | null {
  const [program = '', ...args] = actor.cmdline ?? [];
  if (!/(^|\/)pkill$/.test(program) || args.some((word) => isExact(word))) return null;
  const pattern = args.at(-1);
  if (pattern === undefined || pattern.startsWith('-') || !literal.test(pattern)) return null;
  if (pattern === victim.comm) return null;
  const shown = shortened(printable(pattern), longestShown);
  if (victim.comm.includes(pattern))
    return `\`${shown}\` is only a part of the name ${printable(victim.comm)}: \`pkill -x ${shown}\` takes whole names.`;
  const line = (victim.cmdline ?? []).join(' ');
  if (!line.includes(pattern)) return null;
  const hit = shortened(printable(typed(victim.cmdline ?? [])), longestShown).replace(/`/g, "'");
  return `\`pkill -f ${shown}\` hit ${printable(victim.comm)} for its arguments alone (\`${hit}\`): without -f, or as \`pkill -x\`, it would have spared it.`;
}

const isExact = (word: string): boolean => word === '--exact' || /^-[a-wyz]*x[a-z]*$/.test(word);
