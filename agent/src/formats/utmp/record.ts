import { addressOf } from './address.ts';
import { type Layout, type RecordType, recordTypes } from './layout.ts';

/** One record, as it stands in the file. */
export interface UtmpRecord {
  readonly type: RecordType;
  readonly pid: number;
  readonly line: string;
  readonly id: string;
  readonly user: string;
  readonly host: string;
  /** ut_exit: signal and exit status of a DEAD_PROCESS. */
  readonly termination: number;
  readonly exitStatus: number;
  readonly session: number;
  /** Seconds since the epoch, and microseconds. */
  readonly seconds: number;
  readonly micros: number;
  /** Null when it is all zeros. */
  readonly addr: string | null;
  /** Where the record begins in the file. */
  readonly offset: number;
}

const largestPid = 0x7fffffff;
const microsPerSecond = 1_000_000;
/** Year 2200: beyond it a time is no time. */
const latestSeconds = 7_258_118_400;

/** Decodes one record; null when its bytes cannot be one. */
export function parseUtmp(bytes: Buffer, layout: Layout, offset: number): UtmpRecord | null {
  const { littleEndian, timeBytes } = layout;
  const view = new DataView(bytes.buffer, bytes.byteOffset, layout.sizeBytes);
  const type = recordTypes[view.getInt16(0, littleEndian)];
  const pid = view.getInt32(4, littleEndian);
  const wide = timeBytes === 8;
  const seconds = wide
    ? Number(view.getBigInt64(344, littleEndian))
    : view.getUint32(340, littleEndian);
  const micros = wide
    ? Number(view.getBigInt64(352, littleEndian))
    : view.getUint32(344, littleEndian);
  if (type === undefined || pid < 0 || pid > largestPid) return null;
  if (seconds < 0 || seconds > latestSeconds || micros < 0 || micros >= microsPerSecond)
    return null;
  const addressAt = wide ? 360 : 348;
  return {
    type,
    pid,
    line: text(bytes, 8, 32),
    id: text(bytes, 40, 4),
    user: text(bytes, 44, 32),
    host: text(bytes, 76, 256),
    termination: view.getInt16(332, littleEndian),
    exitStatus: view.getInt16(334, littleEndian),
    session: view.getInt32(wide && !littleEndian ? 340 : 336, littleEndian),
    seconds,
    micros,
    addr: addressOf(bytes.subarray(addressAt, addressAt + 16)),
    offset,
  };
}

/** Up to the first NUL; a full field has none. */
function text(bytes: Buffer, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return (end < 0 ? field : field.subarray(0, end)).toString('utf8');
}
