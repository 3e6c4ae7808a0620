import { layout, recordKind } from '../record/layout.ts';

/** What a made-up process is to have; all else is zero. */
export interface ProcessBytes {
  pid?: number;
  startNs?: bigint;
  comm?: string | Buffer;
  flags?: number;
  exe?: string | Buffer;
  cgroup?: string | Buffer;
  argv?: string | Buffer;
  argvTotal?: number;
}

/** A death record as the probe writes it, without signals. */
export function deathBytes(process: ProcessBytes, atNs = 0n, waitStatus = 9): Buffer {
  const tail = [process.exe, process.cgroup, process.argv].map((part) => Buffer.from(part ?? ''));
  const record = Buffer.concat([Buffer.alloc(layout.death.tail), ...tail]);
  record.writeBigUInt64LE(atNs, layout.head.atNs);
  record.writeUInt32LE(recordKind.death, layout.head.kind);
  record.writeInt32LE(waitStatus, layout.death.exitCode);
  const at = layout.death.process;
  const field = layout.process;
  record.writeBigUInt64LE(process.startNs ?? 0n, at + layout.key.startNs);
  record.writeUInt32LE(process.pid ?? 1, at + layout.key.tgid);
  Buffer.from(process.comm ?? 'victim').copy(record, at + field.comm, 0, 16);
  record.writeUInt8(process.flags ?? 0, at + field.flags);
  for (const [index, lengthAt] of [field.exeLen, field.cgroupLen, field.argvLen].entries())
    record.writeUInt16LE(tail[index]?.length ?? 0, at + lengthAt);
  record.writeUInt32LE(process.argvTotal ?? 0, at + field.argvTotal);
  return record;
}

/** Writes a signal into a slot of a death record. */
export function addSignal(
  record: Buffer,
  slot: number,
  signal: {
    number: number;
    firstNs?: bigint;
    info?: number;
    code?: number;
    flags?: number;
    count?: number;
    lastNs?: bigint;
    deliveredNs?: bigint;
    result?: number;
  },
): Buffer {
  const at = layout.death.slots + slot * layout.signal.size;
  const field = layout.signal;
  record.writeUInt8(signal.number, at + field.signal);
  record.writeBigUInt64LE(signal.firstNs ?? 0n, at + field.firstNs);
  record.writeUInt8(signal.info ?? 2, at + field.info);
  record.writeInt32LE(signal.code ?? 0, at + field.code);
  record.writeUInt8(signal.flags ?? 0, at + field.flags);
  record.writeUInt32LE(signal.count ?? 1, at + field.count);
  const lastNs = signal.lastNs ?? signal.firstNs ?? 0n;
  record.writeBigUInt64LE(lastNs, at + field.lastNs);
  record.writeBigUInt64LE(signal.deliveredNs ?? lastNs, at + field.deliveredNs);
  record.writeUInt8(signal.result ?? 0, at + field.result);
  return record;
}
