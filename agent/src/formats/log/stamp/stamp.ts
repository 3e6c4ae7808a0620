import type { PrintedTime } from '../clock/clock.ts';

/** The time at the start of a line. */
export interface Stamp {
  /** Characters of the line that it takes, with the space after it. */
  readonly length: number;
  /** Wall clock as printed; null where there is none. */
  readonly time: PrintedTime | null;
  /** Microseconds since boot; null where there are none. */
  readonly bootUs: number | null;
  /** The shape is dmesg's own: no host and no program follow. */
  readonly dmesg?: boolean;
}
