import { layout, recordKind } from './layout.ts';
import { decodeProcess } from './process.ts';
import { readCount, readUs } from './read.ts';
import type { ActorRecord, DeathRecord, RequestRecord } from './record.ts';
import { decodeSignals } from './signals.ts';

const unlimited = 0xffff_ffff_ffff_ffffn;
const strictMode = 3;
const exitCalls: readonly (boolean | null)[] = [null, true, false];

/**
 * One record of the ring, or a value of the map `actors`. Null for bytes that are none: too short,
 * of unknown kind, or with lengths that do not fit.
 */
export function decodeRecord(record: Buffer): ActorRecord | DeathRecord | RequestRecord | null {
  if (record.length < layout.head.size) return null;
  const kind = record.readUInt32LE(layout.head.kind);
  if (kind === recordKind.actor) return decodeActor(record);
  if (kind === recordKind.death) return decodeDeath(record);
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

function decodeDeath(record: Buffer): DeathRecord | null {
  const at = layout.death;
  if (record.length < at.tail) return null;
  const process = decodeProcess(record, at.process, at.tail);
  if (!process) return null;
  return {
    kind: 'death',
    atUs: readUs(record, at.head),
    process,
    signals: decodeSignals(record, at.slots),
    maxrssPages: readCount(record, at.maxrssPages),
    cpuNs: readCount(record, at.cpuNs),
    cpuLimitS: readLimit(record, at.cpuLimitS),
    waitStatus: record.readInt32LE(at.exitCode),
    evicted: record.readUInt32LE(at.evicted),
    threads: record.readUInt32LE(at.threads),
    oomScoreAdj: record.readInt16LE(at.oomScoreAdj),
    oomMarked: record.readUInt8(at.oomMarked) !== 0,
    exitGroup: exitCalls[record.readUInt8(at.exitCall)] ?? null,
    strictMode: record.readUInt8(at.exitCall) === strictMode,
  };
}

/** RLIM_INFINITY is all ones. */
function readLimit(record: Buffer, at: number): number | null {
  return record.readBigUInt64LE(at) === unlimited ? null : readCount(record, at);
}
