import type { Tool } from '../../http/origin-step.ts';
import type { Process } from '../../process.ts';
import { isShell, takesInput } from './shell.ts';

/** What a person presses there; these programs send signals in no other way. */
const keys: Readonly<Record<string, string>> = {
  top: 'pressed k in top',
  htop: 'pressed k or F9 in htop',
  atop: 'pressed k in atop',
  btop: 'killed it in btop',
};

/** Shells hand these on, or use them for their jobs, without anybody asking for it. */
const ownSignals: ReadonlySet<string> = new Set(['SIGHUP', 'SIGCONT', 'SIGTTIN', 'SIGTTOU']);

/** With what a process sent a signal, where its command line does not tell; null where it does. */
export function toolOf(process: Process, signal: string | null): Tool | null {
  const name = process.comm.replace(/^-/, '');
  if (!isProgram(process, name)) return null;
  if (Object.hasOwn(keys, name)) return { name, how: keys[name] ?? '' };
  if (!isShell(name) || signal === null || ownSignals.has(signal)) return null;
  return {
    name,
    how: isTypedInto(process) ? `typed kill in ${name}` : `by the kill built into ${name}`,
  };
}

/** Anybody may call a process top: its program has to be called so as well, where that is known. */
function isProgram({ exe }: Process, name: string): boolean {
  const program = exe
    ?.replace(/ \(deleted\)$/, '')
    .split('/')
    .at(-1);
  return program === undefined || program === name || isShell(name);
}

/**
 * An interactive shell: it leads its session or was started as a login shell, on a terminal, and was
 * given neither a script nor a command.
 */
function isTypedInto(process: Process): boolean {
  const { cmdline, pid, sid, tty } = process;
  if (!tty || !takesInput(process)) return false;
  return cmdline?.[0]?.startsWith('-') === true || sid === pid;
}
