import type { MapFds } from '../kernel/names.ts';
import { bpfError, libbpf } from '../native/libbpf.ts';
import { errno, lastErrno } from '../native/libc.ts';
import { decodeCounters, encodeCounters } from '../record/counters.ts';
import { decodeActor } from '../record/decode.ts';
import { layout } from '../record/layout.ts';
import type { MissRecord } from '../record/miss.ts';
import { decodeProc } from '../record/process.ts';
import type { ActorRecord, Counters, ProcRecord } from '../record/record.ts';
import { takeMisses } from './misses.ts';
import { type Displaced, displacedSince } from './room.ts';

const only = Buffer.alloc(4);
const noExist = 1;
const perCpuAlignBytes = 8;

/** What user space reads and writes of the probe's maps, each by one system call. */
export interface ProbeMaps {
  /** Takes the counted near misses out of the kernel. */
  takeMisses(): MissRecord[];
  /** With the span of what was lost since `toldUs`. */
  counters(toldUs: number): Counters;
  displaced(): Displaced | null;
  reported(): Counters;
  setReported(counters: Counters): void;
  /** The actor with the key whose bytes `id` are; null when it was displaced. */
  actor(id: string): ActorRecord | null;
  proc(pid: number): ProcRecord | null;
  /** Adds an entry of `procs` unless there is one; false when there was. */
  seedProc(pid: number, value: Buffer): boolean;
}

export function openMaps(fds: MapFds): ProbeMaps {
  const api = libbpf();
  const cpuBytes = Math.ceil(layout.counters.size / perCpuAlignBytes) * perCpuAlignBytes;
  const perCpu = Buffer.alloc(cpuBytes * api.possibleCpus());
  const one = Buffer.alloc(layout.counters.size);
  const actorValue = Buffer.alloc(layout.actor.size);
  const procValue = Buffer.alloc(layout.proc.size);
  const pidKey = Buffer.alloc(4);

  function find(fd: number, key: Buffer, value: Buffer, what: string): Buffer | null {
    const result = api.lookup(fd, key, value);
    if (result >= 0) return value;
    if (lastErrno() === errno.ENOENT) return null;
    throw bpfError(`reading the map ${what}`);
  }

  return {
    takeMisses: () => takeMisses(fds.misses),
    counters: (toldUs) =>
      decodeCounters(find(fds.counters, only, perCpu, 'counters') ?? Buffer.alloc(0), toldUs),
    displaced: () => displacedSince(fds),
    reported: () => decodeCounters(find(fds.reported, only, one, 'reported') ?? Buffer.alloc(0)),
    setReported: (counters) => {
      const result = api.update(fds.reported, only, encodeCounters(counters), 0);
      if (result < 0) throw bpfError('writing the map reported');
    },
    actor: (id) => {
      const value = find(fds.actors, Buffer.from(id, 'latin1'), actorValue, 'actors');
      return value && decodeActor(value);
    },
    proc: (pid) => {
      pidKey.writeUInt32LE(pid);
      const value = find(fds.procs, pidKey, procValue, 'procs');
      return value && decodeProc(value);
    },
    seedProc: (pid, value) => {
      pidKey.writeUInt32LE(pid);
      const result = api.update(fds.procs, pidKey, value, noExist);
      if (result >= 0) return true;
      if (lastErrno() === errno.EEXIST) return false;
      throw bpfError('writing the map procs');
    },
  };
}
