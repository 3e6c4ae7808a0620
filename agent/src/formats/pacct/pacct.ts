import { signalName } from '@coroner/schema/signal';
import type { RawEvent } from '../../source.ts';
import type { Reader } from '../reader.ts';
import { type AccountingRecord, parseAccounting, recordSizeBytes } from './record.ts';

/** Flags of linux/acct.h: forked without exec, used super-user rights, dumped core, killed by a signal. */
const dumpedCore = 0x08;

const signalMask = 0x7f;
const coreBit = 0x80;
const exitCodeShift = 8;
const latestMs = 8.64e15;

type AccountingEvent = Extract<RawEvent, { kind: 'process-accounting' }>;

/** As many at the beginning are no records of any file. */
const damagedAtMost = 2;
/** Elapsed times beyond ten years are damage. */
const longestMs = 10 * 366 * 86_400_000;

/**
 * Process accounting files, acct(5), of version 0 to 3 and either byte order. Records that cannot
 * be any are passed over, as is a torn last one. Throws when the first two records are none.
 */
export const readPacct: Reader = async function* (input, { file }) {
  let held: Buffer = Buffer.alloc(0);
  let isSound = false;
  let damaged = 0;
  for await (const chunk of input) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= recordSizeBytes) {
      const record = parseAccounting(held.subarray(0, recordSizeBytes));
      isSound ||= record !== null;
      if (!isSound && ++damaged === damagedAtMost)
        throw new Error(`${file}: no process accounting records`);
      held = held.subarray(recordSizeBytes);
      if (record) yield accountingEvent(record);
    }
  }
};

/** The end of a process, as its accounting record tells it. */
export function accountingEvent(record: AccountingRecord): AccountingEvent {
  const startMs = record.startSeconds * 1000;
  const elapsedMs =
    record.elapsedMs !== null && record.elapsedMs <= longestMs ? record.elapsedMs : null;
  const signal = record.status & signalMask;
  return {
    kind: 'process-accounting',
    source: 'pacct',
    // The record is written when the process ends.
    at: elapsedMs === null ? null : instant(startMs + elapsedMs),
    comm: record.comm,
    pid: record.pid,
    ppid: record.ppid,
    uid: record.uid,
    gid: record.gid,
    tty: record.tty === 0 ? null : record.tty,
    startedAt: instant(startMs),
    elapsedMs,
    exitCode: signal === 0 ? (record.status >> exitCodeShift) & 0xff : null,
    signal: signal === 0 ? null : signalName(signal),
    coreDumped: (record.flags & dumpedCore) !== 0 || (record.status & coreBit) !== 0,
    forkedOnly: (record.flags & 0x01) !== 0,
    superUser: (record.flags & 0x02) !== 0,
  };
}

function instant(timeMs: number): string | null {
  return timeMs < latestMs ? new Date(timeMs).toISOString() : null;
}
