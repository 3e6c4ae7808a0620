import type { Field } from './format.ts';

/** One record of the ring: its bytes, and when and where it was written. */
export interface RawRecord {
  readonly cpu: number;
  /** By the trace clock of the instance, ns. */
  readonly ns: number;
  readonly bytes: Buffer;
}

const locationBits = 16;
const locationMask = 0xffff;

/** A number of 1, 2, 4 or 8 bytes; 0 where the record is too short for it. */
export function numberAt(bytes: Buffer, field: Field | undefined): number {
  if (!field || field.offset + field.size > bytes.length) return 0;
  const { offset, size, signed } = field;
  if (size === 8)
    return Number(signed ? bytes.readBigInt64LE(offset) : bytes.readBigUInt64LE(offset));
  if (size !== 1 && size !== 2 && size !== 4) return 0;
  return signed ? bytes.readIntLE(offset, size) : bytes.readUIntLE(offset, size);
}

/** A text up to its NUL, inline or located elsewhere in the record; empty where that is outside of it. */
export function textAt(bytes: Buffer, field: Field | undefined): string {
  if (!field || field.offset + field.size > bytes.length) return '';
  if (!field.located) return upToNul(bytes.subarray(field.offset, field.offset + field.size));
  const location = bytes.readUInt32LE(field.offset);
  const from = location & locationMask;
  return upToNul(bytes.subarray(from, from + (location >>> locationBits)));
}

function upToNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}
