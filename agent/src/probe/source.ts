import type { DeathEvent } from '@coroner/schema/event/death';
import type { Commit, Emit, RunningSource, Source } from '../source.ts';
import { actorBook } from './event/actors.ts';
import { bootClock } from './event/clock.ts';
import { toDeathEvent } from './event/death.ts';
import { accountant, type Told, unreadableGap } from './event/losses.ts';
import { requestBook } from './event/requests.ts';
import { isUneventful, watchList } from './event/watched.ts';
import type { MapFds } from './kernel/names.ts';
import { startRecorder } from './kernel/recorder.ts';
import { openRing } from './maps/ring.ts';
import { runningPids, seedProcs } from './maps/seed.ts';
import { openMaps } from './maps/tables.ts';
import { takeOlder } from './older.ts';
import { startReader } from './reader.ts';
import { decodeRecord } from './record/decode.ts';
import type { RequestRecord } from './record/record.ts';
import { probeSupport } from './support.ts';

export interface ProbeOptions {
  host: string;
  bootId: string;
  /** Normal exits of processes younger than this are counted, not reported. */
  shortLivedMs: number;
  /** Globs of names, and `unit:` and `cgroup:` globs, whose every end is reported. */
  watch: readonly string[];
  /**
   * Names the pins under which recording survives this process: one agent at a time may have it.
   * Absent: record only while this process lives.
   */
  instance?: string;
  /** Asked at stop(): whether the kernel goes on recording for the next agent. Default: it ends. */
  keepRecording?: () => boolean;
  /**
   * Kernel memory for what is recorded and not read yet, a power of two; maps that an earlier agent
   * left keep theirs. Default 8 MiB: some 7,000 deaths.
   */
  ringBytes?: number;
  /** Inode of the pid namespace to watch; absent: the whole host. */
  scopePidNamespace?: number;
}

const lossCheckMs = 1_000;
const countsEveryMs = 60_000;
const defaultRingBytes = 8 * 1024 * 1024;
const fewestProcEntries = 4096;
const mostProcEntries = 32_768;

/** Deaths with their senders, recorded in the kernel by agent/probe. */
export function probeSource(options: ProbeOptions): Source {
  return {
    name: 'probe',
    status: () => probeSupport(options.instance !== undefined),
    start: async (emit, commit) => start(options, emit, commit),
  };
}

function start(options: ProbeOptions, emit: Emit, commit?: Commit): RunningSource {
  const recorder = startRecorder({
    policy: {
      shortLivedMs: options.shortLivedMs,
      shipAllEnds: options.watch.length > 0,
      scopePidNamespace: options.scopePidNamespace ?? 0,
    },
    sizes: {
      ring: options.ringBytes ?? defaultRingBytes,
      procs: Math.min(mostProcEntries, Math.max(fewestProcEntries, 2 * runningPids().length)),
    },
    instance: options.instance ?? null,
  });
  const ring = openRing(recorder.maps.ring, commit);
  const maps = openMaps(recorder.maps);
  const clock = bootClock();
  const accounts = accountant(maps, clock);
  const take = recordTaker(options, emit, { maps, clock, accounts });
  let stopped = false;
  for (const older of recorder.older) {
    const taker = (fds: MapFds) =>
      recordTaker(options, emit, { maps: openMaps(fds), clock, accounts });
    const gap = takeOlder(older, recorder.maps, clock, taker);
    if (gap) emit(gap);
  }
  const reader = startReader(recorder.maps.ring, ring, take);
  const report = (told: Told | null) => {
    if (!told) return;
    emit(told.event);
    commit?.();
    told.done();
  };
  const timers = [
    setInterval(() => {
      clock.measure();
      report(accounts.losses());
      report(accounts.news());
    }, lossCheckMs),
    setInterval(() => report(accounts.counts()), countsEveryMs),
  ];
  const seeded = seedProcs(maps, () => stopped);
  return {
    stop: async () => {
      stopped = true;
      await seeded;
      for (const timer of timers) clearInterval(timer);
      reader.stop();
      report(accounts.losses());
      report(accounts.counts());
      ring.close();
      recorder.close(options.keepRecording?.() ?? false);
    },
  };
}

interface Parts {
  maps: ReturnType<typeof openMaps>;
  clock: ReturnType<typeof bootClock>;
  accounts: ReturnType<typeof accountant>;
}

function recordTaker(options: ProbeOptions, emit: Emit, { maps, clock, accounts }: Parts) {
  const book = actorBook(maps, clock);
  const isWatched = watchList(options.watch);
  const context = {
    host: options.host,
    bootId: options.bootId,
    clock,
    actors: book.find,
    commandLines: book.commandLine,
    lastExec: book.lastExec,
  };
  const requests = requestBook(clock, book.commandLine);
  const leavesOut = (death: DeathEvent) =>
    isUneventful(death, options.shortLivedMs) &&
    (options.watch.length > 0 ? !isWatched(death.victim) : requests.mayAsk(death.victim));

  function takeDeath(death: DeathEvent): void {
    const request = requests.ended(death);
    if (request) emit(request);
    if (leavesOut(death)) accounts.leftOut();
    else emit(death);
  }

  function takeRequest(record: RequestRecord): void {
    const request = requests.take(record);
    if (request) emit(request);
  }

  return (bytes: Buffer): void => {
    const record = decodeRecord(bytes);
    if (record?.kind === 'actor') book.take(record);
    else if (record?.kind === 'request') takeRequest(record);
    else if (record?.kind === 'death') takeDeath(toDeathEvent(record, context));
    else emit(unreadableGap(clock));
  };
}
