import type { Stamp } from '../stamp/stamp.ts';

/** A line of a text log, taken apart. */
export interface Entry {
  /** The time that the line carries; null when none. */
  readonly stamp: Stamp | null;
  readonly host: string | null;
  /** Name of the program that wrote it, as printed before `[pid]:`; null when not named. */
  readonly tag: string | null;
  readonly pid: number | null;
  /** The message. */
  readonly text: string;
  /** Syslog facility, where the line has it. */
  readonly facility: number | null;
  /**
   * `yes`: the log says that the kernel wrote it. `no`: another program did. `maybe`: the log names
   * nobody (dmesg, a console), so that `kernelText` is read for what only the kernel writes.
   */
  readonly kernel: 'yes' | 'no' | 'maybe';
  readonly kernelText: string;
  /** No prefix at all. */
  readonly bare: boolean;
}
