import { bytes, layout } from './layout.ts';
import { readCount, readString, readUs } from './read.ts';

/** coroner_miss with its key: a signal that came to nothing, and how often. */
export interface MissRecord {
  signal: number;
  /** Null where the siginfo does not name it. */
  sender: { pid: number; startUs: number; comm: string; uid: number } | null;
  target: { pid: number; startUs: number; comm: string };
  count: number;
  /** `overflowed`: a real-time signal for which the target's queue was full. `asked`: signal 0. */
  why: 'ignored' | 'overflowed' | 'refused' | 'asked';
}

/** SIGNAL_RESULT_* of agent/probe/kernel.h. */
const results: Readonly<Record<number, MissRecord['why']>> = {
  1: 'ignored',
  3: 'overflowed',
  4: 'refused',
  5: 'asked',
};

export function decodeMiss(key: Buffer, value: Buffer): MissRecord {
  const at = layout.missKey;
  const pid = key.readUInt32LE(at.sender);
  const comm = (from: number): string => readString(value, from, bytes.comm);
  return {
    signal: key.readUInt8(at.signal),
    sender:
      pid === 0
        ? null
        : {
            pid,
            startUs: readUs(key, at.senderStartNs),
            comm: comm(layout.miss.senderComm),
            uid: key.readUInt32LE(at.uid),
          },
    target: {
      pid: key.readUInt32LE(at.target),
      startUs: readUs(key, at.targetStartNs),
      comm: comm(layout.miss.targetComm),
    },
    count: readCount(value, layout.miss.count),
    why: results[key.readUInt8(at.result)] ?? 'ignored',
  };
}
