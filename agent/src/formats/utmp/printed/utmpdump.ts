import { type RecordType, recordTypes } from '../layout.ts';
import type { UtmpRecord } from '../record.ts';

/** `[7] [00077] [ts/0] [alice   ] [pts/0       ] [10.0.0.5   ] [10.0.0.5   ] [2026-02-06T11:37:41,000005+00:00]`. */
const row =
  /^\[(\d{1,2})\] \[(\d{1,10})\] \[(.{0,4})\] \[(.{0,32}?) *\] \[(.{0,32}?) *\] \[(.{0,256}?) *\] \[(\S{0,46}) *\] \[([^[\]]{10,40}?) *\]$/;
const noAddress = /^(?:0\.0\.0\.0|::|)$/;

export const isUtmpdump = (line: string): boolean => row.test(line);

/** A record as utmpdump(1) prints it; `instant` turns its time into ISO 8601. */
export function dumpedRecord(
  line: string,
  instant: (printed: string) => string | null,
): UtmpRecord | null {
  const match = row.exec(line);
  const type: RecordType | undefined = recordTypes[Number(match?.[1])];
  if (!match || type === undefined) return null;
  const [, , pid, id = '', user = '', tty = '', host = '', addr = '', time = ''] = match;
  const at = instant(time);
  return {
    ...{ type, pid: Number(pid), line: tty, id: id.trimEnd(), user, host },
    ...{ termination: 0, exitStatus: 0, session: 0, offset: 0 },
    seconds: at === null ? 0 : Math.floor(Date.parse(at) / 1000),
    micros: at === null ? 0 : Number(/\.(\d{3,6})Z$/.exec(at)?.[1]?.padEnd(6, '0') ?? 0),
    addr: noAddress.test(addr) ? null : addr,
  };
}
