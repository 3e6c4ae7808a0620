import { readFileSync } from 'node:fs';

/** True when no such process lives; one that has ended and was not waited for counts as gone. */
export function isGone(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    // ENOENT or ESRCH.
    return true;
  }
}
