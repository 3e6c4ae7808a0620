import { layout, maxima, signalFlag } from './layout.ts';
import { decodeKey } from './process.ts';
import { readUs } from './read.ts';
import type { SignalRecord } from './record.ts';

const infos = ['none', 'kernel', 'user'] as const;
const alreadyPending = 2;

/** The slots that are in use, oldest first. */
export function decodeSignals(from: Buffer, at: number): SignalRecord[] {
  const signals: SignalRecord[] = [];
  for (let slot = 0; slot < maxima.slots; slot++) {
    const signal = decodeSignal(from, at + slot * layout.signal.size);
    if (signal) signals.push(signal);
  }
  return signals.sort((a, b) => a.firstUs - b.firstUs);
}

function decodeSignal(from: Buffer, at: number): SignalRecord | null {
  const field = layout.signal;
  const number = from.readUInt8(at + field.signal);
  if (number === 0) return null;
  const flags = from.readUInt8(at + field.flags);
  return {
    number,
    sender: decodeKey(from, at + field.sender),
    firstUs: readUs(from, at + field.firstNs),
    lastUs: readUs(from, at + field.lastNs),
    count: Math.max(1, from.readUInt32LE(at + field.count)),
    code: from.readInt32LE(at + field.code),
    address: from.readBigUInt64LE(at + field.address).toString(16),
    info: infos[from.readUInt8(at + field.info)] ?? 'none',
    group: (flags & signalFlag.group) !== 0,
    self: (flags & signalFlag.self) !== 0,
    senderExiting: (flags & signalFlag.senderExiting) !== 0,
    senderKthread: (flags & signalFlag.senderKthread) !== 0,
    nobody: (flags & signalFlag.nobody) !== 0,
    pending: from.readUInt8(at + field.result) === alreadyPending,
  };
}
