import { constants, setPriority } from 'node:os';

/** A program that reads the past for us gives way to all others. */
export function gently(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or may not be changed: it merely runs at the usual priority.
  }
}
