/** One record of /dev/kmsg, Documentation/ABI/testing/dev-kmsg. */
export interface KmsgRecord {
  /** 0 = kern; everything else was written by user space. */
  readonly facility: number;
  readonly seq: number;
  /** Clock of the kernel's log, which starts near boot and drifts from CLOCK_BOOTTIME. */
  readonly logUs: number;
  readonly text: string;
  /** Thread or CPU that printed it (`T77`, `C1`), where the kernel says so (CONFIG_PRINTK_CALLER). */
  readonly caller?: string;
}

const prefix = /^(\d{1,10}),(\d{1,20}),(\d{1,20}),([^;]*);/;
const callerFlag = /(?:^|,)caller=([TC]\d{1,10})/;
const facilityShift = 3;

/**
 * Reads `prio,seq,µs,flags[,…];text`; the lines after the first are a dictionary and no text. Other
 * bytes of the text than printable ASCII stay escaped as `\x0a`. Null for what is no record.
 */
export function parseKmsgRecord(bytes: string): KmsgRecord | null {
  const match = prefix.exec(bytes);
  if (!match) return null;
  const start = match[0].length;
  const end = bytes.indexOf('\n', start);
  const caller = callerFlag.exec(match[4] ?? '')?.[1];
  return {
    facility: Number(match[1]) >> facilityShift,
    seq: Number(match[2]),
    logUs: Number(match[3]),
    text: bytes.slice(start, end < 0 ? undefined : end),
    ...(caller === undefined ? {} : { caller }),
  };
}
