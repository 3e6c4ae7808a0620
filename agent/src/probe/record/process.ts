import { bytes, layout, maxima, processFlag } from './layout.ts';
import { readArgv, readPath, readString, readUs } from './read.ts';
import type { AncestorRecord, ProcessKey, ProcessRecord, ProcRecord } from './record.ts';

/** loginuid and sessionid of a process that nobody logged in for. */
const unset = 0xffff_ffff;

const idBytes = 12;

/** tgid and start time in the kernel's bytes. */
const processId = (from: Buffer, at: number): string => from.toString('latin1', at, at + idBytes);

export function decodeKey(from: Buffer, at: number): ProcessKey {
  return {
    id: from.toString('latin1', at, at + layout.key.size),
    pid: from.readUInt32LE(at + layout.key.tgid),
    startUs: readUs(from, at + layout.key.startNs),
    uid: from.readUInt32LE(at + layout.key.uid),
    execId: from.readUInt32LE(at + layout.key.execId),
  };
}

/** coroner_process at `at`, with its variable part from `tailAt`; null when that does not fit. */
export function decodeProcess(from: Buffer, at: number, tailAt: number): ProcessRecord | null {
  const field = layout.process;
  const exeLength = from.readUInt16LE(at + field.exeLen);
  const cgroupLength = from.readUInt16LE(at + field.cgroupLen);
  const argvLength = from.readUInt16LE(at + field.argvLen);
  const cgroupAt = tailAt + exeLength;
  const argvAt = cgroupAt + cgroupLength;
  if (argvAt + argvLength > from.length) return null;
  const flags = from.readUInt8(at + field.flags);
  const argvCut = (flags & processFlag.argvCut) !== 0;
  const fromExec = (flags & processFlag.fromExec) !== 0;
  const exe = readPath(from, tailAt, exeLength, (flags & processFlag.exeCut) !== 0);
  return {
    key: decodeKey(from, at + field.key),
    comm: readString(from, at + field.comm, bytes.comm),
    euid: from.readUInt32LE(at + field.euid),
    gid: from.readUInt32LE(at + field.gid),
    auid: orNull(from.readUInt32LE(at + field.loginuid)),
    auditSession: orNull(from.readUInt32LE(at + field.sessionid)),
    pgid: from.readUInt32LE(at + field.pgid),
    sid: from.readUInt32LE(at + field.sid),
    pidNamespace: from.readUInt32LE(at + field.pidns),
    innerPid: from.readUInt32LE(at + field.innerPid),
    tty: terminalName(readString(from, at + field.tty, bytes.tty)),
    exe: exeLength === 0 ? null : exe,
    cgroup: readPath(from, cgroupAt, cgroupLength, (flags & processFlag.cgroupCut) !== 0),
    argv: readArgv(from, argvAt, argvLength, { cut: argvCut, fromExec }),
    argvCut,
    fromExec,
    ancestors: decodeAncestors(from, at),
  };
}

/** Of equal bytes one array: the victims of a storm have the same ancestors. */
const decodedAncestors = new Map<string, readonly AncestorRecord[]>();
const mostDecoded = 256;

function decodeAncestors(from: Buffer, at: number): readonly AncestorRecord[] {
  const count = Math.min(from.readUInt8(at + layout.process.ancestorCount), maxima.ancestors);
  const start = at + layout.process.ancestors;
  const key = from.toString('latin1', start, start + count * layout.ancestor.size);
  const known = decodedAncestors.get(key);
  if (known) return known;
  if (decodedAncestors.size >= mostDecoded) decodedAncestors.clear();
  const decoded = ancestorsAt(from, start, count);
  decodedAncestors.set(key, decoded);
  return decoded;
}

function ancestorsAt(from: Buffer, start: number, count: number): AncestorRecord[] {
  const field = layout.ancestor;
  return Array.from({ length: count }, (_, index) => {
    const base = start + index * field.size;
    return {
      id: processId(from, base),
      pid: from.readUInt32LE(base + field.tgid),
      startUs: readUs(from, base + field.startNs),
      uid: from.readUInt32LE(base + field.uid),
      comm: readString(from, base + field.comm, bytes.comm),
    };
  });
}

/** A value of the map `procs`; null when its lengths do not fit. */
export function decodeProc(value: Buffer): ProcRecord | null {
  const field = layout.proc;
  if (value.length < field.size) return null;
  const length = value.readUInt16LE(field.argvLen);
  if (length > maxima.argv) return null;
  const flags = value.readUInt8(field.flags);
  const cut = (flags & processFlag.argvCut) !== 0;
  return {
    startUs: readUs(value, field.startNs),
    execId: value.readUInt32LE(field.execId),
    seeded: (flags & processFlag.seeded) !== 0,
    argv: readArgv(value, field.argv, length, { cut, fromExec: true }),
  };
}

const orNull = (id: number): number | null => (id === unset ? null : id);

/** The kernel's name of a terminal as it stands under /dev: `pts2` → `pts/2`; null for none. */
function terminalName(name: string): string | null {
  return name.replace(/^pts(?=\d)/, 'pts/') || null;
}
