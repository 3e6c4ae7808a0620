import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { kernelLogParser } from '../../formats/kernel/parser.ts';
import type { Emit, RawEvent, RunningSource, Source } from '../../source.ts';
import { logClock } from './log-clock.ts';
import { parseKmsgRecord } from './record.ts';
import { sequence } from './sequence.ts';

export interface KmsgOptions {
  /** The id of an event from its content, whenever it is read. */
  idOf(event: RawEvent): string;
  readonly path?: string;
}

const device = '/dev/kmsg';
/** Longer than any record: the kernel's own limit is 8 KiB with all escapes. */
const recordBytes = 16 * 1024;
/** Records read before the event loop has its turn again. */
const recordsAtOnce = 512;
/** Should the wake-up fail (an overrun ends libuv's poll), nothing waits longer than this. */
const safetyMs = 5000;

/**
 * The kernel's log, live. Records from before the agent are read too, and what they tell is marked
 * `backfilled`; ids make it harmless that every start reads them again.
 */
export function kmsgSource(options: KmsgOptions): Source {
  const path = options.path ?? device;
  let broken: string | null = null;
  return {
    name: 'kmsg',
    status: () => statusOf(path, broken),
    start: (emit) =>
      start(path, options, emit, (error) => {
        broken = error.message;
      }),
  };
}

function statusOf(path: string, broken: string | null): SourceStatus {
  if (broken !== null)
    return { source: 'kmsg', state: 'missing', why: broken, enable: 'restart the agent' };
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
    return { source: 'kmsg', state: 'available', why: `${path} can be read` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      source: 'kmsg',
      state: 'missing',
      why: `${path} cannot be read (${code})`,
      enable: 'run the agent as root, or give it CAP_SYSLOG and read access to /dev/kmsg',
    };
  }
}

async function start(
  path: string,
  options: KmsgOptions,
  emit: Emit,
  onBroken: (error: Error) => void,
): Promise<RunningSource> {
  const { default: koffi } = await import('koffi');
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const reader = recordReader(file, options, emit);
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  await backlog();
  const poll = koffi.node.poll(file, { readable: true }, () => wake(true));
  timer = setTimeout(check, safetyMs);

  return {
    async stop() {
      if (!stopped) end();
    },
  };

  function end(): void {
    stopped = true;
    if (timer) clearTimeout(timer);
    poll.close();
    closeSync(file);
  }

  async function backlog(): Promise<void> {
    while (reader.read(recordsAtOnce, { backfilled: true, fresh: false }))
      await new Promise(setImmediate);
    reader.flush({ backfilled: true });
  }

  function wake(fresh: boolean): void {
    if (stopped) return;
    try {
      if (!reader.read(recordsAtOnce, { backfilled: false, fresh }))
        reader.flush({ backfilled: false });
    } catch (error) {
      end();
      onBroken(new Error(`${path}: ${(error as Error).message}`));
    }
  }

  function check(): void {
    wake(false);
    if (stopped) return;
    poll.start({ readable: true }, () => wake(true));
    timer = setTimeout(check, safetyMs);
  }
}

interface Reading {
  readonly backfilled: boolean;
  /** What is read last was written just now. */
  readonly fresh: boolean;
}

function recordReader(file: number, { idOf }: KmsgOptions, emit: Emit) {
  const parser = kernelLogParser('kmsg');
  const clock = logClock();
  const gapBefore = sequence();
  const buffer = Buffer.allocUnsafe(recordBytes);

  return {
    /** Reads what is there; true when there may be more than `most` records. */
    read(most: number, reading: Reading): boolean {
      let lastUs: number | null = null;
      for (let records = 0; records < most; records += 1) {
        const bytes = nextRecord(file, buffer);
        if (bytes === null) {
          if (reading.fresh && lastUs !== null) clock.measure(lastUs);
          return false;
        }
        const record = parseKmsgRecord(bytes);
        if (!record) continue;
        lastUs = record.logUs;
        const gap = gapBefore(record);
        if (gap) emit(gapEvent(gap.lost, gap.sinceUs, gap.untilUs));
        const { seq: _, logUs: bootUs, ...line } = record;
        for (const event of parser.push({ ...line, at: clock.at(bootUs), bootUs }))
          emit(timed(event, reading.backfilled));
      }
      return true;
    },
    flush({ backfilled }: { backfilled: boolean }): void {
      for (const event of parser.flush()) emit(timed(event, backfilled));
    },
  };

  /** The id comes from the log's own time, which is the same whenever it is read. */
  function timed(event: RawEvent, backfilled: boolean): RawEvent {
    const id = event.id ?? idOf(event);
    const bootUs = typeof event.bootUs === 'number' ? clock.bootUs(event.bootUs) : event.bootUs;
    return { ...event, id, bootUs, ...(backfilled ? { backfilled } : {}) };
  }

  function gapEvent(lost: number, sinceUs: number, untilUs: number): RawEvent {
    return {
      kind: 'gap',
      source: 'kmsg',
      at: clock.at(untilUs),
      of: 'kmsg',
      since: clock.at(sinceUs),
      until: clock.at(untilUs),
      lost,
      reason: 'the kernel log was overwritten before it was read',
    };
  }
}

/** One record; null when there is none. After an overrun (EPIPE) reading goes on at the oldest. */
function nextRecord(file: number, buffer: Buffer): string | null {
  for (;;) {
    try {
      return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, null));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') return null;
      if (code !== 'EPIPE' && code !== 'EINTR') throw error;
    }
  }
}
