import type { PrintedTime } from '../clock/clock.ts';

/** The time at the start of a line. */
export interface Stamp {
  /** Characters of the line that it takes, with the space after it. */
  readonly length: number;
  /** Wall clock as printed; null where there is none. */
  readonly time: PrintedTime | null;
  /** Microseconds since boot; null where there are none. */
  readonly bootUs: number | null;
  /** Thread or CPU that printed it (`T9185`, `C1`), where the kernel says so. */
  readonly caller?: string;
  /** The shape is dmesg's own: no host and no program follow. */
  readonly dmesg?: boolean;
  /** A logger of programs writes so (milliseconds after a comma), never the kernel or syslog. */
  readonly ofProgram?: boolean;
  /** The words of the date are not known, so that only what follows can show that it is one. */
  readonly vague?: boolean;
}
