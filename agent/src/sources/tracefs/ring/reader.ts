import { closeSync, constants, openSync, readSync } from 'node:fs';
import koffi from 'koffi';
import type { PageLayout } from './page.ts';
import { readPage } from './page.ts';
import type { RawRecord } from './record.ts';

export interface RingReader {
  /** Reads what is left, and closes the rings. */
  stop(): void;
}

export interface RingOptions {
  readonly folder: string;
  readonly cpus: readonly number[];
  readonly page: PageLayout;
  /** Takes records in the order of their times. */
  take(records: readonly RawRecord[]): void;
  /** Records were lost, or could not be read. */
  onLoss(why: 'overrun' | 'unreadable'): void;
}

/** A read gives one page of the ring at most; pages of more than this are not configured. */
const pageBytes = 65_536;
/** So many records are a storm: then wait a while, and read many at once. */
const busyRecords = 16;
const lingerMs = 5;

/**
 * Reads the rings of all processors when the kernel says that there is something. A record may be
 * read before an older one of another processor: what is newer than the first pass waits.
 */
export function readRings(options: RingOptions): RingReader {
  const { folder, cpus, page } = options;
  const buffer = Buffer.allocUnsafe(pageBytes);
  let held: RawRecord[] = [];
  let timer: NodeJS.Timeout | null = null;
  const rings = cpus.map((cpu) => {
    const flags = constants.O_RDONLY | constants.O_NONBLOCK;
    const fd = openSync(`${folder}/per_cpu/cpu${cpu}/trace_pipe_raw`, flags);
    return { cpu, fd, poll: koffi.node.poll(fd, { readable: true }, wake) };
  });
  let waiting = true;

  function wake(): void {
    if (!waiting) return;
    for (const { poll } of rings) poll.stop();
    waiting = false;
    step();
  }

  function step(): void {
    timer = null;
    const taken = drain(false);
    if (taken >= busyRecords || held.length > 0) {
      timer = setTimeout(step, lingerMs);
      return;
    }
    waiting = true;
    for (const { poll } of rings) poll.start({ readable: true }, wake);
  }

  function drain(all: boolean): number {
    const records = [...held, ...readAll()];
    const newest = records.reduce((latest, { ns }) => Math.max(latest, ns), 0);
    records.push(...readAll());
    held = all ? [] : records.filter(({ ns }) => ns > newest);
    const ripe = all ? records : records.filter(({ ns }) => ns <= newest);
    if (ripe.length > 0) options.take(ripe.sort((a, b) => a.ns - b.ns));
    return ripe.length;
  }

  function readAll(): RawRecord[] {
    return rings.flatMap(({ cpu, fd }) => {
      const records: RawRecord[] = [];
      for (let pages = 0; pages < pagesPerPass; pages++) {
        const bytes = readSome(fd, buffer);
        if (bytes === 0) break;
        const read = readPage(Buffer.from(buffer.subarray(0, bytes)), page, cpu);
        for (const record of read.records) records.push(record);
        if (read.missed) options.onLoss('overrun');
        if (!read.whole) options.onLoss('unreadable');
      }
      return records;
    });
  }

  return {
    stop: () => {
      if (timer) clearTimeout(timer);
      for (const { poll } of rings) poll.close();
      drain(true);
      for (const { fd } of rings) closeSync(fd);
    },
  };
}

/** More than a ring has: ends a pass that a storm would keep going for ever. */
const pagesPerPass = 1024;

function readSome(fd: number, buffer: Buffer): number {
  try {
    return readSync(fd, buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
