import type { JournalRecord } from './record.ts';

/** `Fri 2026-02-06 11:37:41.123456 UTC [s=…;i=…;b=…;m=…;t=…;x=…]`: the cursor has both times, in hex. */
const heading =
  /^\S{1,16} \d{4}-\d\d-\d\d [\d:.]{8,15}(?: \S{1,8})? \[s=[0-9a-f]+;i=[0-9a-f]+;b=([0-9a-f]+);m=([0-9a-f]{1,13});t=([0-9a-f]{1,13});x=[0-9a-f]+\]$/;
/** Further lines of a value are indented to below its first. */
const fieldLine = /^(?: {4}|\t)([A-Z_][A-Z0-9_]{0,63})=(.*)$/s;

/** Whether the line begins an entry of `journalctl -o verbose`. */
export function isVerboseHeading(line: string): boolean {
  return heading.test(line);
}

export interface VerboseRecords {
  /** Takes a line; returns the entry that it ends. */
  push(line: string): JournalRecord | null;
  flush(): JournalRecord | null;
}

/** Takes entries from the lines of `journalctl -o verbose`. */
export function verboseRecords(): VerboseRecords {
  let record: Record<string, string> | null = null;
  const flush = (): JournalRecord | null => {
    const whole = record;
    record = null;
    return whole;
  };
  return {
    push(line) {
      const begun = heading.exec(line);
      if (begun) {
        const [, boot = '', monotonic = '', realtime = ''] = begun;
        const before = flush();
        record = {
          __REALTIME_TIMESTAMP: String(Number.parseInt(realtime, 16)),
          __MONOTONIC_TIMESTAMP: String(Number.parseInt(monotonic, 16)),
          _BOOT_ID: boot,
        };
        return before;
      }
      const said = fieldLine.exec(line);
      if (said && record) record[said[1] ?? ''] ??= said[2] ?? '';
      return null;
    },
    flush,
  };
}
