/** A line of the kernel's log, without priority, timestamp and host. */
export interface KernelLine {
  /** The message; a leading caller id (`[ T9185]`, `[    C1]`) is tolerated. */
  readonly text: string;
  /** Wall clock, ISO 8601; null when the log carries none. */
  readonly at: string | null;
  /** Microseconds since boot, where the log carries them. */
  readonly bootUs?: number | null;
  /**
   * Syslog facility, 0 = kern. Anything else is a message that user space wrote into the ring and
   * is never taken for the kernel's word. Absent when the log does not tell.
   */
  readonly facility?: number | null;
}
