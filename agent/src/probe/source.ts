import koffi from 'koffi';
import type { Emit, RunningSource, Source } from '../source.ts';
import { actorBook } from './event/actors.ts';
import { bootClock } from './event/clock.ts';
import { toDeathEvent } from './event/death.ts';
import { openMaps } from './kernel/maps.ts';
import { startRecorder } from './kernel/recorder.ts';
import { openRing } from './kernel/ring.ts';
import { decodeRecord } from './record/decode.ts';

export interface ProbeOptions {
  host: string;
  bootId: string;
  /** Normal exits of processes younger than this are counted, not reported. */
  shortLivedMs: number;
  /** Globs of process names whose every end is reported. */
  watch: readonly string[];
  /** Inode of the pid namespace to watch; absent: the whole host. */
  scopePidNamespace?: number;
}

const batchRecords = 256;
const procEntries = 4096;

/** Deaths with their senders, recorded in the kernel by agent/probe. */
export function probeSource(options: ProbeOptions): Source {
  return {
    name: 'probe',
    status: () => ({ source: 'probe', state: 'available', why: 'loaded through libbpf' }),
    start: async (emit) => start(options, emit),
  };
}

function start(options: ProbeOptions, emit: Emit): RunningSource {
  const recorder = startRecorder(
    {
      shortLivedMs: options.shortLivedMs,
      shipAllEnds: options.watch.length > 0,
      scopePidNamespace: options.scopePidNamespace ?? 0,
    },
    procEntries,
  );
  const ring = openRing(recorder.maps.ring);
  const clock = bootClock();
  const book = actorBook(openMaps(recorder.maps), clock);
  const context = {
    host: options.host,
    bootId: options.bootId,
    clock,
    actors: book.find,
    commandLines: book.commandLine,
  };
  const take = (bytes: Buffer) => {
    const record = decodeRecord(bytes);
    if (record?.kind === 'actor') book.take(record);
    if (record?.kind === 'death') emit(toDeathEvent(record, context));
  };
  const poll = koffi.node.poll(recorder.maps.ring, { readable: true }, () => {
    ring.drain(take, batchRecords);
  });
  return {
    stop: async () => {
      poll.close();
      ring.drain(take, Number.MAX_SAFE_INTEGER);
      ring.close();
      recorder.close();
    },
  };
}
