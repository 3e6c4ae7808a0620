import { layout, maxima, signalFlag } from './layout.ts';
import { decodeKey } from './process.ts';
import { readUs } from './read.ts';
import type { SignalRecord } from './record.ts';

/** Where the fields of coroner_signal are; what older layouts do not have is absent. */
export type SignalLayout = Record<Exclude<keyof typeof layout.signal, 'deliveredNs'>, number> & {
  readonly deliveredNs?: number;
};

const infos = ['none', 'kernel', 'user'] as const;
const alreadyPending = 2;

/** The slots that are in use, oldest first. */
export function decodeSignals(
  from: Buffer,
  at: number,
  field: SignalLayout = layout.signal,
): SignalRecord[] {
  const signals: SignalRecord[] = [];
  for (let slot = 0; slot < maxima.slots; slot++) {
    const signal = decodeSignal(from, at + slot * field.size, field);
    if (signal) signals.push(signal);
  }
  return signals.sort((a, b) => a.firstUs - b.firstUs);
}

function decodeSignal(from: Buffer, at: number, field: SignalLayout): SignalRecord | null {
  const number = from.readUInt8(at + field.signal);
  if (number === 0) return null;
  const flags = from.readUInt8(at + field.flags);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const older = field.deliveredNs === undefined;
  const lastUs = readUs(from, at + field.lastNs);
  const pending = from.readUInt8(at + field.result) === alreadyPending;
  return {
    number,
    sender: decodeKey(from, at + field.sender),
    firstUs: readUs(from, at + field.firstNs),
    lastUs,
    deliveredUs: deliveredUs(),
    count: Math.max(1, from.readUInt32LE(at + field.count)),
    code: from.readInt32LE(at + field.code),
    address: from.readBigUInt64LE(at + field.address).toString(16),
    info: infos[from.readUInt8(at + field.info)] ?? 'none',
    group: has(signalFlag.group),
    self: has(signalFlag.self),
    senderExiting: has(signalFlag.senderExiting),
    senderKthread: has(signalFlag.senderKthread),
    nobody: has(signalFlag.nobody),
    queued: older ? null : has(signalFlag.queued),
    tracer: has(signalFlag.tracer),
    timed: older ? null : has(signalFlag.timed),
    pending,
  };

  function deliveredUs(): number | null {
    if (pending) return null;
    return field.deliveredNs === undefined ? lastUs : readUs(from, at + field.deliveredNs);
  }
}
