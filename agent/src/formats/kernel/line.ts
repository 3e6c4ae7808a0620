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
  /** Thread or CPU that printed it (`T9185`, `C1`), where the log says so. */
  readonly caller?: string | undefined;
  /** Host that the log names. */
  readonly host?: string | null;
  /** The line has no prefix at all, so that it may be the wrapped rest of the line before. */
  readonly bare?: boolean;
}

/** When and where a line was written, as every event carries it. */
export interface When {
  readonly at: string | null;
  readonly bootUs?: number;
  /** Host that the line names. */
  readonly host?: string;
}

export function when({ at, bootUs, host }: KernelLine): When {
  return {
    at,
    ...(typeof bootUs === 'number' ? { bootUs } : {}),
    ...(typeof host === 'string' ? { host } : {}),
  };
}

/** The line is certainly the kernel's own, not only shaped like it. */
export function isTrusted(line: KernelLine): boolean {
  return line.facility === 0;
}
