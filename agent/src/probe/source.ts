import { patientMs } from '@coroner/schema/verdict/facts/reaction';
import { everySecond } from '../every-second.ts';
import type { Commit, Emit, RunningSource, Source } from '../source.ts';
import { bootClock } from './event/clock.ts';
import { gapEvent, gapReasons, passedRecords } from './event/gaps.ts';
import { accountant, type Told } from './event/losses.ts';
import { isRecording } from './kernel/leftovers.ts';
import type { MapFds } from './kernel/names.ts';
import { startRecorder } from './kernel/recorder.ts';
import { mapSizes } from './kernel/sizes.ts';
import { openRing } from './maps/ring.ts';
import { runningPids, seedProcs } from './maps/seed.ts';
import { openMaps } from './maps/tables.ts';
import { olderAccounts, takeOlder } from './older.ts';
import { harmlessSignals, type ProbeOptions } from './options.ts';
import { startReader } from './reader.ts';
import { layout } from './record/layout.ts';
import { olderLayout } from './record/older-layouts.ts';
import { probeSupport } from './support.ts';
import { recordTaker } from './taker.ts';

const countsEveryMs = 60_000;
const defaultRingBytes = 8 * 1024 * 1024;

/** Deaths with their senders, recorded in the kernel by agent/probe. */
export function probeSource(options: ProbeOptions): Source {
  let partial = false;
  return {
    name: 'probe',
    status: () => probeSupport(options.instance !== undefined, partial),
    isRecording: () => options.instance !== undefined && isRecording(options.instance),
    start: async (emit, commit) =>
      start(options, emit, commit, (isPartial) => {
        partial = isPartial;
      }),
  };
}

function start(
  options: ProbeOptions,
  emit: Emit,
  commit: Commit | undefined,
  onStart: (isPartial: boolean) => void,
): RunningSource {
  const recorder = startRecorder({
    policy: {
      shortLivedMs: options.shortLivedMs,
      shipAllEnds: options.watch.length > 0,
      scopePidNamespace: options.scopePidNamespace ?? 0,
      noiseSignals: options.noiseSignals ?? harmlessSignals,
      countQuestions: options.countQuestions ?? false,
      patienceMs: options.patienceMs ?? patientMs,
    },
    sizes: {
      ...mapSizes(options.ringBytes ?? defaultRingBytes, runningPids().length),
      ...options.mapSizes,
    },
    instance: options.instance ?? null,
    stateDir: options.stateDir ?? null,
  });
  onStart(recorder.isPartial);
  const clock = bootClock();
  const passed = passedRecords(clock);
  const ends = {
    commit: () => {
      for (const gap of passed.told()) emit(gap);
      commit?.();
    },
    refused: (error: Error) => passed.note(gapReasons.unhandled(error)),
  };
  const ring = openRing(recorder.maps.ring, ends);
  const maps = openMaps(recorder.maps);
  const accounts = accountant(maps, clock);
  const parts = { clock, accounts, passed };
  const take = recordTaker(options, emit, { ...parts, maps, form: layout });
  let stopped = false;
  const report = (told: Told | null) => {
    if (!told) return;
    emit(told.event);
    commit?.();
    told.done();
  };
  for (const older of recorder.older) {
    const taker = (fds: MapFds) =>
      recordTaker(options, emit, { ...parts, maps: openMaps(fds), form: olderLayout });
    const gap = takeOlder(older, recorder.maps, clock, taker, ends);
    if (gap) emit(gap);
    for (const told of olderAccounts(older, recorder.maps, clock)) report(told);
  }
  if (recorder.leftBehind > 0) {
    const atUs = clock.nowBootUs();
    const when = { sinceUs: atUs, untilUs: atUs };
    emit(gapEvent(clock, { lost: recorder.leftBehind, ...when, reason: gapReasons.replaced }));
  }
  const reader = startReader(recorder.maps.ring, ring, take);
  const reportLosses = () => {
    report(accounts.losses());
    report(accounts.displaced());
  };
  const stopLooking = everySecond(() => {
    clock.measure();
    reportLosses();
    report(accounts.news());
  });
  const counting = setInterval(() => report(accounts.counts()), countsEveryMs);
  const seeded = seedProcs(maps, () => stopped);
  return {
    stop: async () => {
      stopped = true;
      await seeded;
      stopLooking();
      clearInterval(counting);
      reader.stop();
      reportLosses();
      report(accounts.counts());
      ring.close();
      recorder.close(options.keepRecording?.() ?? false);
    },
  };
}
