import { readFileSync } from 'node:fs';

/**
 * A field of /proc/PID/stat by its number in proc_pid_stat(5), from 3 on; null when there is no such
 * process. The name, field 2, may hold anything: fields are counted from its last bracket.
 */
export function statOf(pid: number): ((field: number) => string) | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (field) => after[field - 3] ?? '';
  } catch {
    // ENOENT or ESRCH.
    return null;
  }
}

/** True when no such process lives; one that has ended and was not waited for counts as gone. */
export const isGone = (pid: number): boolean => (statOf(pid)?.(3) ?? 'Z') === 'Z';
