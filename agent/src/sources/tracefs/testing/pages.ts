import type { TraceKind } from '../ring/event.ts';
import { parseFormat } from '../ring/format.ts';

const common = `format:
	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
	field:unsigned char common_flags;	offset:2;	size:1;	signed:0;
	field:unsigned char common_preempt_count;	offset:3;	size:1;	signed:0;
	field:int common_pid;	offset:4;	size:4;	signed:1;
`;

/** As Linux 6.18 prints them; without `group_dead` as before 6.14. */
export const signalFormat = `name: signal_generate
ID: 261
${common}
	field:int sig;	offset:8;	size:4;	signed:1;
	field:int errno;	offset:12;	size:4;	signed:1;
	field:int code;	offset:16;	size:4;	signed:1;
	field:char comm[16];	offset:20;	size:16;	signed:0;
	field:pid_t pid;	offset:36;	size:4;	signed:1;
	field:int group;	offset:40;	size:4;	signed:1;
	field:int result;	offset:44;	size:4;	signed:1;

print fmt: "sig=%d errno=%d", REC->sig, REC->errno
`;

export const execFormat = `name: sched_process_exec
ID: 365
${common}
	field:__data_loc char[] filename;	offset:8;	size:4;	signed:0;
	field:pid_t pid;	offset:12;	size:4;	signed:1;
	field:pid_t old_pid;	offset:16;	size:4;	signed:1;
`;

export const exitFormat = `name: sched_process_exit
ID: 369
${common}
	field:char comm[16];	offset:8;	size:16;	signed:0;
	field:pid_t pid;	offset:24;	size:4;	signed:1;
	field:int prio;	offset:28;	size:4;	signed:1;
`;

export const formats = new Map<TraceKind, ReturnType<typeof parseFormat>>([
  ['signal', parseFormat(signalFormat)],
  ['exec', parseFormat(execFormat)],
  ['exit', parseFormat(exitFormat)],
]);

const pageBytes = 4096;
const headerBytes = 16;

/** The record of a signal that task `tid` sent to `pid`. */
export function signalBytes(facts: {
  tid?: number;
  sig?: number;
  code?: number;
  pid?: number;
}): Buffer {
  const bytes = Buffer.alloc(48);
  bytes.writeUInt16LE(261, 0);
  bytes.writeInt32LE(facts.tid ?? 1, 4);
  bytes.writeInt32LE(facts.sig ?? 9, 8);
  bytes.writeInt32LE(facts.code ?? 0, 16);
  bytes.write('victim', 20);
  bytes.writeInt32LE(facts.pid ?? 2, 36);
  bytes.writeInt32LE(1, 40);
  return bytes;
}

export function execBytes(pid: number, filename: string): Buffer {
  const name = Buffer.from(`${filename}\0`);
  const padded = Buffer.alloc(Math.ceil(name.length / 4) * 4);
  name.copy(padded);
  const bytes = Buffer.alloc(20);
  bytes.writeUInt16LE(365, 0);
  bytes.writeUInt32LE((name.length << 16) | 20, 8);
  bytes.writeInt32LE(pid, 12);
  return Buffer.concat([bytes, padded]);
}

/** An entry of the ring: a word with kind and time, and the record. */
export function entry(record: Buffer, deltaNs = 0): Buffer {
  const short = record.length / 4 <= 28;
  const head = Buffer.alloc(short ? 4 : 8);
  head.writeUInt32LE(((short ? record.length / 4 : 0) | (deltaNs << 5)) >>> 0, 0);
  if (!short) head.writeUInt32LE(record.length + 4, 4);
  return Buffer.concat([head, record]);
}

/** A page of the ring that begins at `ns`. */
export function pageOf(entries: readonly Buffer[], ns = 1_000n, missed = false): Buffer {
  const page = Buffer.alloc(pageBytes);
  const data = Buffer.concat(entries);
  page.writeBigUInt64LE(ns, 0);
  page.writeUInt32LE((data.length | (missed ? 0x8000_0000 : 0)) >>> 0, 8);
  data.copy(page, headerBytes);
  return page;
}
