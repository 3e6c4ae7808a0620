/** A record of process accounting, whichever version wrote it. */
export interface AccountingRecord {
  readonly flags: number;
  readonly comm: string;
  /** Null before version 3. */
  readonly pid: number | null;
  readonly ppid: number | null;
  readonly uid: number;
  readonly gid: number;
  /** Major number << 8 | minor number; 0 for none. */
  readonly tty: number;
  readonly startSeconds: number;
  readonly elapsedMs: number | null;
  /** As wait(2) gives it. */
  readonly status: number;
}

/** All versions have records of this size (linux/acct.h). */
export const recordSizeBytes = 64;

const versionMask = 0x0f;
const bigEndianBit = 0x80;
const commBytes = 16;
const ticksPerSecond = 100;
const msPerSecond = 1000;

/** AFORK, ASU, ACOMPAT, ACORE, AXSIG, AGROUP. */
const knownFlags = 0x3f;

/** Decodes 64 bytes; null when they are no record of version 0 to 3 of either byte order. */
export function parseAccounting(bytes: Buffer): AccountingRecord | null {
  const [flags = 0, version = 0] = bytes;
  if ((flags & ~knownFlags) !== 0 || (version & ~(versionMask | bigEndianBit)) !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, recordSizeBytes);
  const little = (version & bigEndianBit) === 0;
  const number = version & versionMask;
  const record =
    number === 3
      ? parseV3(view, bytes, little)
      : number < 3
        ? parseOld(view, bytes, little, number)
        : null;
  return record === null || record.comm === '' || record.startSeconds === 0 ? null : record;
}

function parseV3(view: DataView, bytes: Buffer, little: boolean): AccountingRecord {
  const ticks = view.getFloat32(28, little);
  return {
    flags: view.getUint8(0),
    comm: text(bytes, 48),
    pid: view.getUint32(16, little),
    ppid: view.getUint32(20, little),
    uid: view.getUint32(8, little),
    gid: view.getUint32(12, little),
    tty: view.getUint16(2, little),
    startSeconds: view.getUint32(24, little),
    elapsedMs: elapsed(ticks, ticksPerSecond),
    status: view.getUint32(4, little),
  };
}

/** Versions 0 to 2 (`struct acct`): no pids; ids of 32 bits since version 1, the tick rate since 2. */
function parseOld(
  view: DataView,
  bytes: Buffer,
  little: boolean,
  version: number,
): AccountingRecord {
  const rate = version === 2 ? view.getUint16(30, little) : 0;
  return {
    flags: view.getUint8(0),
    comm: text(bytes, 36),
    pid: null,
    ppid: null,
    uid: version === 0 ? view.getUint16(2, little) : view.getUint32(56, little),
    gid: version === 0 ? view.getUint16(4, little) : view.getUint32(60, little),
    tty: view.getUint16(6, little),
    startSeconds: view.getUint32(8, little),
    elapsedMs: elapsed(compT(view.getUint16(16, little)), rate > 0 ? rate : ticksPerSecond),
    status: view.getUint32(32, little),
  };
}

/** comp_t: 13 bits of mantissa, 3 bits of exponent to the base 8. */
export function compT(value: number): number {
  return (value & 0x1fff) * 8 ** (value >> 13);
}

function elapsed(ticks: number, rate: number): number | null {
  return Number.isFinite(ticks) && ticks >= 0 ? Math.round((ticks * msPerSecond) / rate) : null;
}

function text(bytes: Buffer, start: number): string {
  const field = bytes.subarray(start, start + commBytes);
  const end = field.indexOf(0);
  return (end < 0 ? field : field.subarray(0, end)).toString('utf8');
}
