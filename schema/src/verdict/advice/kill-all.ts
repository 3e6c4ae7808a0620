import type { Process } from '../../process.ts';
import { printable } from '../words/printable.ts';

const withValue = /^(?:-[usoyZn]|--(?:user|signal|older-than|younger-than|context|ns))$/;

/** killall(1) takes all that is called so, whoever runs it: said where it took what another user runs. */
export function killAll(actor: Process, victim: Process): string | null {
  const [program = '', ...args] = actor.cmdline ?? [];
  if (!/(?:^|\/)killall$/.test(program) || args.some((word) => /^(?:-u|--user)/.test(word)))
    return null;
  const names = args.filter(
    (word, place) => !word.startsWith('-') && !withValue.test(args[place - 1] ?? ''),
  );
  const person = actor.auditUser ?? actor.user;
  const owner = victim.user;
  if (!names.includes(victim.comm) || !person || !owner || person === owner) return null;
  const name = printable(victim.comm);
  const unit = victim.unit?.endsWith('.service') ? ` (${printable(victim.unit)})` : '';
  return `\`killall ${name}\` takes every ${name} of the host: \`killall -u ${printable(person)} ${name}\` would have spared that of ${printable(owner)}${unit}.`;
}
