import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { kernelLogParser } from '../../formats/kernel/parser.ts';
import type { RawEvent } from '../../source.ts';
import type { Reading } from './reading.ts';

interface Line {
  readonly bootUs: number;
  readonly facility: number;
  readonly text: string;
}

/** What the kernel left of its log when it crashed: one dump, of one or several parts. */
interface Dump {
  readonly lines: Line[];
  /** When it was written. */
  readonly atMs: number;
}

const mostBytes = 1024 * 1024;
const deepest = 3;
const mostFiles = 1_000;
const usPerMs = 1000;
/** `<6>[   12.345678][  T77] text`; the priority holds the facility from bit 3 on. The caller is part of the text. */
const lineOfDump = /^<(\d{1,4})>\[ *(\d{1,9})\.(\d{6})\] ?(.*)$/;
const facilityShift = 3;
/** The EFI store numbers its records by time: seconds, part, count. */
const efiName = /^dmesg-efi(?:_pstore)?-(\d{10})\d{5}/;
const secondsName = /^\d{10}$/;

/** The kernel's last words in the firmware's store, or where systemd-pstore(8) moved them. */
export async function readPstore(folder: string, reading: Reading): Promise<void> {
  for (const dump of dumpsIn(folder)) {
    for (const event of eventsOf(dump)) reading.take(event);
    await reading.step(0, 0);
  }
}

/** What every dump in the folder tells, oldest dump first. */
export function pstoreEvents(folder: string): RawEvent[] {
  return dumpsIn(folder)
    .sort((a, b) => a.atMs - b.atMs)
    .flatMap(eventsOf);
}

/** The events of a dump: its last line was printed when it was written. */
export function eventsOf({ lines, atMs }: Dump): RawEvent[] {
  const sorted = [...lines].sort((a, b) => a.bootUs - b.bootUs);
  const lastUs = sorted.at(-1)?.bootUs ?? 0;
  const parser = kernelLogParser('pstore');
  const events = sorted.flatMap(({ bootUs, facility, text }) => {
    const at = new Date(atMs - (lastUs - bootUs) / usPerMs).toISOString();
    return parser.push({ text, at, facility });
  });
  return [...events, ...parser.flush()];
}

function dumpsIn(folder: string): Dump[] {
  const dumps = new Map<string, Dump>();
  for (const path of filesBelow(folder, 0).slice(0, mostFiles)) {
    const name = basename(path);
    if (!name.startsWith('dmesg')) continue;
    const parent = basename(dirname(path));
    const seconds = efiName.exec(name)?.[1] ?? (secondsName.test(parent) ? parent : null);
    const read = textOf(path);
    if (!read) continue;
    const atMs = seconds === null ? read.changedMs : Number(seconds) * 1000;
    // The parts of one dump, and dmesg.txt that joins them, have one time.
    const key = seconds === null ? path : `${dirname(path)}/${seconds}`;
    const dump = dumps.get(key) ?? { lines: [], atMs };
    dumps.set(key, dump);
    const known = new Set(dump.lines.map(({ bootUs, text }) => `${bootUs} ${text}`));
    dump.lines.push(
      ...linesOf(read.text).filter(({ bootUs, text }) => !known.has(`${bootUs} ${text}`)),
    );
  }
  return [...dumps.values()];
}

export function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((line) => {
    const [, priority, seconds, micros, rest] = lineOfDump.exec(line) ?? [];
    if (rest === undefined) return [];
    return [
      {
        bootUs: Number(seconds) * 1_000_000 + Number(micros),
        facility: Number(priority) >> facilityShift,
        text: rest,
      },
    ];
  });
}

function filesBelow(folder: string, depth: number): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return [path];
    return entry.isDirectory() && depth < deepest ? filesBelow(path, depth + 1) : [];
  });
}

function textOf(path: string): { text: string; changedMs: number } | null {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    // Erased in between: the store is small, and systemd-pstore empties it.
    return null;
  }
  try {
    const bytes = Buffer.alloc(mostBytes);
    let size = 0;
    for (;;) {
      const read = readSync(fd, bytes, size, bytes.length - size, size);
      size += read;
      if (read === 0 || size === bytes.length) break;
    }
    return { text: bytes.toString('utf8', 0, size), changedMs: fstatSync(fd).mtimeMs };
  } finally {
    closeSync(fd);
  }
}
