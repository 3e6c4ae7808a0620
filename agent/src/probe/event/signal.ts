import type { FatalSignal } from '@coroner/schema/event/death';
import type { Process } from '@coroner/schema/process';
import { signalName } from '@coroner/schema/signal';
import type { ProcessKey, SignalRecord } from '../record/record.ts';
import type { Clock } from './clock.ts';

/** The recorded task with this key; null when it could not be recorded or was displaced. */
export type Actors = (key: ProcessKey) => Process | null;

export function toFatalSignal(record: SignalRecord, clock: Clock, actors: Actors): FatalSignal {
  const user = record.info === 'user';
  const nobody = record.self || record.nobody;
  return {
    signal: signalName(record.number),
    info: record.info,
    code: user ? record.code : null,
    group: record.group,
    result: record.pending ? 'pending' : 'delivered',
    at: clock.instant(record.firstUs),
    bootUs: record.firstUs,
    count: record.count,
    lastBootUs: record.count > 1 ? record.lastUs : null,
    ...deliveredOf(record),
    address: isFault(record) ? record.address : null,
    currentIsVictim: record.self,
    currentExiting: record.senderExiting,
    currentKernelThread: record.senderKthread,
    ...(user && record.queued !== null && !callCodes.has(record.code)
      ? { queued: record.queued }
      : {}),
    ...(record.tracer ? { currentTraces: true } : {}),
    ...(isTimers(record) && record.timed !== null ? { timed: record.timed } : {}),
    current: nobody ? null : actors(record.sender),
  };
}

/** SI_USER and SI_TKILL: the kernel sets them itself, so nobody looked how they came. */
const callCodes: ReadonlySet<number> = new Set([0, -6]);

/** Where later ones merged into one that was pending, the last that did not. */
function deliveredOf({ deliveredUs, lastUs }: SignalRecord): { deliveredBootUs?: number } {
  return deliveredUs === null || deliveredUs === lastUs ? {} : { deliveredBootUs: deliveredUs };
}

/** The kernel's signals for timers and for processor time: KILL, ALRM, XCPU, VTALRM, PROF. */
const timerSignals: ReadonlySet<number> = new Set([9, 14, 24, 26, 27]);

const isTimers = ({ info, number }: SignalRecord): boolean =>
  info === 'kernel' && timerSignals.has(number);

/** si_addr is set for these, sigaction(2): ILL, TRAP, BUS, FPE, SEGV. */
const faultSignals: ReadonlySet<number> = new Set([4, 5, 7, 8, 11]);
const siKernel = 128;

function isFault({ info, code, number }: SignalRecord): boolean {
  return info === 'user' && code > 0 && code !== siKernel && faultSignals.has(number);
}
