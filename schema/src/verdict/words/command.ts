import type { Process } from '../../process.ts';
import { printable, shortened } from './printable.ts';

const commandLimit = 240;
const plainWord = /^[\w@%+=:,./-]+$/;

/** An argv as one would type it: words that need it are quoted. */
export function typed(argv: readonly string[]): string {
  return argv
    .map((word) => (plainWord.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`))
    .join(' ');
}

/** What a process ran, in backquotes: its argv, or its name where the argv is not known. */
export function command(process: Pick<Process, 'comm' | 'cmdline'>): string {
  const argv = process.cmdline ?? [];
  const text = argv.length > 0 ? typed(argv) : process.comm;
  return `\`${shortened(printable(text), commandLimit).replace(/`/g, "'")}\``;
}

/** `pkill (pid 999)`. */
export function nameAndPid(process: Pick<Process, 'comm' | 'pid'>): string {
  return `${printable(process.comm)} (pid ${process.pid})`;
}
