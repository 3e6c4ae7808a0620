import { layout, recordKind } from './layout.ts';
import { decodeProcess } from './process.ts';
import { readCount, readUs } from './read.ts';
import type { ActorRecord, DeathRecord, RequestRecord } from './record.ts';
import { decodeSignals, type SignalLayout } from './signals.ts';

type NewFields = 'rtLimitUs' | 'rtTicks' | 'exec' | 'traced';

/** Where the fields of a death are; what older layouts do not have is absent. */
export interface DeathLayout {
  readonly signal: SignalLayout;
  readonly death: Record<Exclude<keyof typeof layout.death, NewFields | 'size'>, number> &
    Partial<Record<NewFields, number>>;
}

const unlimited = 0xffff_ffff_ffff_ffffn;
const strictMode = 3;
const execStates = [null, false, true] as const;
const exitCalls: readonly (boolean | null)[] = [null, true, false];

/**
 * One record of the ring, or a value of the map `actors`. Null for bytes that are none: too short,
 * of unknown kind, or with lengths that do not fit.
 */
export function decodeRecord(
  record: Buffer,
  form: DeathLayout = layout,
): ActorRecord | DeathRecord | RequestRecord | null {
  if (record.length < layout.head.size) return null;
  const kind = record.readUInt32LE(layout.head.kind);
  if (kind === recordKind.actor) return decodeActor(record);
  if (kind === recordKind.death) return decodeDeath(record, form);
  if (kind === recordKind.request) return decodeRequest(record);
  return null;
}

export function decodeActor(record: Buffer): ActorRecord | null {
  if (record.length < layout.actor.tail) return null;
  if (record.readUInt32LE(layout.head.kind) !== recordKind.actor) return null;
  const actor = decodeProcessRecord(record);
  return actor && { kind: 'actor', ...actor };
}

function decodeRequest(record: Buffer): RequestRecord | null {
  if (record.length < layout.actor.tail) return null;
  const request = decodeProcessRecord(record);
  return request && { kind: 'request', ...request };
}

/** A coroner_actor, whatever its kind. */
function decodeProcessRecord(record: Buffer) {
  const { process, tail, head } = layout.actor;
  const decoded = decodeProcess(record, process, tail);
  return decoded && { atUs: readUs(record, head), process: decoded };
}

function decodeDeath(record: Buffer, { death: at, signal }: DeathLayout): DeathRecord | null {
  if (record.length < at.tail) return null;
  const process = decodeProcess(record, at.process, at.tail);
  if (!process) return null;
  return {
    kind: 'death',
    atUs: readUs(record, at.head),
    process,
    signals: decodeSignals(record, at.slots, signal),
    maxrssPages: readCount(record, at.maxrssPages),
    cpuNs: readCount(record, at.cpuNs),
    cpuLimitS: readLimit(record, at.cpuLimitS),
    rtTicks: at.rtTicks === undefined ? 0 : record.readUInt32LE(at.rtTicks),
    rtLimitUs: at.rtLimitUs === undefined ? null : readLimit(record, at.rtLimitUs),
    waitStatus: record.readInt32LE(at.exitCode),
    lost: record.readUInt32LE(at.lost),
    threads: record.readUInt32LE(at.threads),
    oomScoreAdj: record.readInt16LE(at.oomScoreAdj),
    oomMarked: record.readUInt8(at.oomMarked) !== 0,
    exitGroup: exitCalls[record.readUInt8(at.exitCall)] ?? null,
    execFailed: at.exec === undefined ? null : (execStates[record.readUInt8(at.exec)] ?? null),
    traced: at.traced !== undefined && record.readUInt8(at.traced) !== 0,
    strictMode: record.readUInt8(at.exitCall) === strictMode,
  };
}

/** RLIM_INFINITY is all ones. */
function readLimit(record: Buffer, at: number): number | null {
  return record.readBigUInt64LE(at) === unlimited ? null : readCount(record, at);
}
