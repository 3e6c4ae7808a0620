import type { JournalRecord } from './record.ts';

const newline = 0x0a;
const equals = 0x3d;
const sizeBytes = 8;
/** A longer value says nothing of an end, and is passed over. */
const longestFieldBytes = 1024 * 1024;
const fieldName = /^[A-Z_][A-Z0-9_]{0,63}$/;

/**
 * Entries of `journalctl -o export` (systemd's JOURNAL_EXPORT_FORMATS): `NAME=value` lines, an
 * empty line after each entry. A value that is no plain line comes as `NAME`, its size (64 bits,
 * little endian) and its bytes: newlines in it begin no field.
 */
export async function* exportRecords(input: AsyncIterable<Buffer>): AsyncGenerator<JournalRecord> {
  let held: Buffer = Buffer.alloc(0);
  let record: Record<string, string> = {};
  let toSkip = 0;
  const ended = (): JournalRecord | null => {
    const whole = record;
    record = {};
    return Object.keys(whole).length > 0 ? whole : null;
  };
  const keep = (name: string, value: Buffer): void => {
    if (fieldName.test(name)) record[name] ??= value.toString('utf8');
  };
  for await (const chunk of input) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      if (toSkip > 0) {
        const skipped = Math.min(toSkip, held.length);
        held = held.subarray(skipped);
        toSkip -= skipped;
        if (toSkip > 0) break;
      }
      const end = held.indexOf(newline);
      if (end < 0) {
        if (held.length <= longestFieldBytes) break;
        held = Buffer.alloc(0);
        break;
      }
      const line = held.subarray(0, end);
      const at = line.indexOf(equals);
      if (end === 0) {
        const whole = ended();
        if (whole) yield whole;
      } else if (at > 0) keep(line.toString('latin1', 0, at), line.subarray(at + 1));
      else if (fieldName.test(line.toString('latin1'))) {
        const start = end + 1 + sizeBytes;
        if (held.length < start) break;
        const size = Number(held.readBigUInt64LE(end + 1));
        if (size > longestFieldBytes) {
          toSkip = start + size + 1;
          continue;
        }
        if (held.length < start + size + 1) break;
        keep(line.toString('latin1'), held.subarray(start, start + size));
        held = held.subarray(start + size + 1);
        continue;
      }
      held = held.subarray(end + 1);
    }
  }
  const last = ended();
  if (last) yield last;
}
