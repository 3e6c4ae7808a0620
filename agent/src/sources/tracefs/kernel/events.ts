import type { TraceKind } from '../ring/event.ts';
import type { Format } from '../ring/format.ts';

/** Folders under events/ of a tracing instance. */
export const eventFolders: Readonly<Record<TraceKind, string>> = {
  task: 'task/task_newtask',
  exec: 'sched/sched_process_exec',
  exit: 'sched/sched_process_exit',
  signal: 'signal/signal_generate',
  'oom-mark': 'oom/mark_victim',
};

/** Without these nothing can be paired; the others are of help. */
export const neededEvents: readonly TraceKind[] = ['exit', 'signal'];

const sigchld = 17;
/** CHLD, CONT, STOP, TSTP, TTIN, TTOU, URG, WINCH, and those that glibc keeps for its threads. */
const harmless = [sigchld, 18, 19, 20, 21, 22, 23, 28, 32, 33];
/** TRACE_SIGNAL_*: ignored, or one like it waits already, which was recorded. */
const withoutEffect = [1, 2];
const lastExitCode = 3;

/**
 * What the kernel lets through of the signals: those that can end a process, unless they
 * have no effect; and the SIGCHLD that tells how a process ended (CLD_EXITED, CLD_KILLED, CLD_DUMPED).
 */
export function signalFilter({ fields }: Format): string {
  const effects = fields.has('result') ? withoutEffect : [];
  const reached = effects.map((result) => ` && result != ${result}`).join('');
  const fatal = harmless.map((number) => `sig != ${number}`).join(' && ');
  return `(sig == ${sigchld} && code > 0 && code <= ${lastExitCode}) || (${fatal}${reached})`;
}
