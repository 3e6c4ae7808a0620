import { taskName } from './printed.ts';

/** The task that a stack dump was printed for. */
export interface RunningTask {
  readonly pid: number;
  readonly comm: string;
  /** Release, such as `6.1.0-18-amd64`. */
  readonly kernel: string | null;
}

/** lib/dump_stack.c dump_stack_print_info; 6.11 added `UID:`. */
const current =
  /^CPU: \d+ (?:UID: \d+ )?PID: (\d{1,10}) Comm: (.*?) (?:Kdump: loaded )?((?:Not t|T)ainted.*)$/s;
/** Before 3.9; on arm without the release. */
const old = /^Pid: (\d{1,10}), comm: +(.*?) ((?:Not t|T)ainted.*)$/s;
const oldArm = /^Pid: (\d{1,10}), comm: +(\S.{0,14})$/s;
/** `Process insmod (pid: 2500, threadinfo ffff…`, arch show_regs of old kernels. */
const process = /^Process (.{1,16}) \(pid: (\d{1,10}), (?:task|threadinfo|stack)/s;

/** `CPU: 0 PID: 1874 Comm: nfsd Tainted: G E 6.1.119 #1`, in the layouts of all generations. */
export function runningTask(text: string): RunningTask | null {
  if (text.startsWith('Process ')) return processOf(process.exec(text));
  const match = text.startsWith('CPU: ')
    ? current.exec(text)
    : text.startsWith('Pid: ')
      ? (old.exec(text) ?? oldArm.exec(text))
      : null;
  if (!match) return null;
  const comm = taskName((match[2] ?? '').trimEnd());
  if (comm === null) return null;
  return { pid: Number(match[1]), comm, kernel: releaseIn(match[3] ?? '') };
}

function processOf(match: RegExpExecArray | null): RunningTask | null {
  const comm = match && taskName(match[1] ?? '');
  return match && comm !== null ? { pid: Number(match[2]), comm, kernel: null } : null;
}

/** The release stands before the build number: `… 5.4.0-120-generic #136-Ubuntu`, `… (2.6.32-5-amd64 #1)`. */
function releaseIn(text: string): string | null {
  return / \(?(\d+\.\d+[^\s]*) #\d/.exec(text)?.[1] ?? null;
}
