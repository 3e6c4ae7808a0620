import { readFileSync } from 'node:fs';

/** A process within one boot: its pid is reused, pid and start time together never are. */
export interface ProcessIdentity {
  pid: number;
  /** Field 22 of /proc/PID/stat, proc_pid_stat(5): clock ticks from boot to its start. */
  startTicks: string;
}

const fieldsAfterComm = 2;
const startTimeField = 22;
const zombie = 'Z';

/** Null when there is no such process, or when it has ended and only waits for its parent. */
export function identify(pid: number): ProcessIdentity | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    // ENOENT or ESRCH: it is gone, and that is the answer.
    return null;
  }
  // The comm in parentheses may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + fieldsAfterComm).split(' ');
  const startTicks = fields[startTimeField - 1 - fieldsAfterComm];
  if (!startTicks || fields[0] === zombie) return null;
  return { pid, startTicks };
}

/** True while the very same process lives. */
export function isAlive({ pid, startTicks }: ProcessIdentity): boolean {
  return identify(pid)?.startTicks === startTicks;
}
