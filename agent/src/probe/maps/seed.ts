import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { layout, maxima, processFlag } from '../record/layout.ts';
import type { ProbeMaps } from './tables.ts';

const nsPerTick = 10_000_000n;
const startField = 19;
const deleted = ' (deleted)';
const processesPerTurn = 64;

/** Pids of what runs now. */
export const runningPids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/**
 * Tells the probe the command lines of processes that were started before it. What it saw itself
 * wins. Yields between batches; `stopped` ends it early.
 */
export async function seedProcs(maps: ProbeMaps, stopped: () => boolean): Promise<void> {
  const pids = runningPids();
  for (let from = 0; from < pids.length; from += processesPerTurn) {
    for (const pid of pids.slice(from, from + processesPerTurn)) {
      if (stopped()) return;
      const value = readEntry(pid);
      if (value) maps.seedProc(pid, value);
    }
    await new Promise(setImmediate);
  }
}

/** A value of the map `procs` for a running process; null when it is gone or a kernel thread. */
function readEntry(pid: number): Buffer | null {
  try {
    const argv = withoutPadding(readFileSync(`/proc/${pid}/cmdline`));
    const ticks = startTicks(readFileSync(`/proc/${pid}/stat`, 'latin1'));
    if (argv.length === 0 || ticks === null) return null;
    return encodeEntry({ ticks, argv, exe: readExe(pid) });
  } catch {
    // It ended meanwhile: then there is nothing to tell about it.
    return null;
  }
}

const nul = 0;

/** A title written over the arguments leaves NULs to their old end: one of them ends the last argument. */
export function withoutPadding(argv: Buffer): Buffer {
  let end = argv.length;
  while (end > 1 && argv[end - 1] === nul && argv[end - 2] === nul) end--;
  return argv.subarray(0, end);
}

/** Field 22 of /proc/PID/stat, proc(5); the comm before it may hold anything, `)` included. */
export function startTicks(stat: string): bigint | null {
  const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = rest[startField];
  return ticks && /^\d+$/.test(ticks) ? BigInt(ticks) : null;
}

function readExe(pid: number): string {
  try {
    const path = readlinkSync(`/proc/${pid}/exe`);
    return path.endsWith(deleted) ? path.slice(0, -deleted.length) : path;
  } catch {
    // Of another user's process, without CAP_SYS_PTRACE: the entry is of use without it.
    return '';
  }
}

interface Entry {
  ticks: bigint;
  argv: Buffer;
  exe: string;
}

/** struct coroner_proc: the path as the probe writes it, leaf first. */
export function encodeEntry({ ticks, argv, exe }: Entry): Buffer {
  const field = layout.proc;
  const value = Buffer.alloc(field.size);
  const names = exe.split('/').filter((name) => name !== '');
  const path = Buffer.from(
    names
      .reverse()
      .map((name) => `${name}\0`)
      .join(''),
  );
  const cut = argv.length > maxima.argv;
  const exeCut = path.length > maxima.procExe;
  value.writeBigUInt64LE(ticks * nsPerTick, field.startNs);
  value.writeUInt32LE(argv.length, field.argvTotal);
  value.writeUInt16LE(Math.min(argv.length, maxima.argv), field.argvLen);
  value.writeUInt16LE(Math.min(path.length, maxima.procExe), field.exeLen);
  value.writeUInt8(
    processFlag.seeded | (cut ? processFlag.argvCut : 0) | (exeCut ? processFlag.exeCut : 0),
    field.flags,
  );
  argv.copy(value, field.argv, 0, maxima.argv);
  path.copy(value, field.exe, 0, maxima.procExe);
  return value;
}
