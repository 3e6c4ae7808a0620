import type { Process } from '../../process.ts';

const shells: ReadonlySet<string> = new Set([
  'bash',
  'zsh',
  'sh',
  'dash',
  'ksh',
  'ksh93',
  'mksh',
  'fish',
  'ash',
  'tcsh',
]);

/** A shell's name; `-` stands before that of a login shell. */
export const isShell = (comm: string): boolean => shells.has(comm.replace(/^-/, ''));

/** Given neither a script nor a command, it takes them from its input; null where its argv is not known. */
export function takesInput({ cmdline }: Pick<Process, 'cmdline'>): boolean | null {
  if (!cmdline || cmdline.length === 0) return null;
  return cmdline.slice(1).every((word) => /^[-+]/.test(word) && !/^-\w*[ce]/.test(word));
}
