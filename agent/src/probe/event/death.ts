import type { DeathEvent, Exit } from '@coroner/schema/event/death';
import { deathId } from '@coroner/schema/identity';
import { signalName } from '@coroner/schema/signal';
import { pageSizeBytes, tickUs } from '../native/libc.ts';
import type { DeathRecord } from '../record/record.ts';
import type { Clock } from './clock.ts';
import { execOf } from './exec.ts';
import { type CommandLines, toProcess } from './process.ts';
import { type Actors, toFatalSignal } from './signal.ts';

export interface DeathContext {
  host: string;
  bootId: string;
  clock: Clock;
  actors: Actors;
  commandLines: CommandLines;
}

const signalMask = 0x7f;
const coreFlag = 0x80;
const codeShift = 8;
const codeMask = 0xff;
const usPerMs = 1000;
const nsPerMs = 1_000_000;

/** One death record with the actors that it refers to. Peak memory is `ru_maxrss`, getrusage(2). */
export function toDeathEvent(record: DeathRecord, context: DeathContext): DeathEvent {
  const { clock } = context;
  const { key } = record.process;
  return {
    kind: 'death',
    id: deathId(context.host, context.bootId, key.pid, key.startUs),
    source: 'probe',
    at: clock.instant(record.atUs),
    bootUs: record.atUs,
    victim: toProcess(record.process, clock, context.commandLines),
    exit: toExit(record.waitStatus),
    signals: record.signals.map((signal) => toFatalSignal(signal, clock, context.actors)),
    signalsLost: record.lost,
    oomMarked: record.oomMarked,
    lifetimeMs: Math.max(0, (record.atUs - key.startUs) / usPerMs),
    peakRssBytes: Math.min(record.maxrssPages * pageSizeBytes, Number.MAX_SAFE_INTEGER),
    cpuTimeMs: record.cpuNs / nsPerMs,
    cpuLimitS: record.cpuLimitS,
    ...realTimeOf(record),
    oomScoreAdj: record.oomScoreAdj,
    threads: record.threads,
    exitGroup: record.exitGroup,
    ...(record.traced ? { traced: true } : {}),
    ...(record.strictMode ? { seccompStrict: true } : {}),
    ...execOf(record),
  };
}

/** The kernel compares them in µs, the time as whole ticks: check_rttime() or its like in kernel/time/posix-cpu-timers.c. */
function realTimeOf({ rtTicks, rtLimitUs }: DeathRecord): Partial<DeathEvent> {
  if (rtTicks === 0 || rtLimitUs === null) return {};
  return { realTimeUs: rtTicks * tickUs, realTimeLimitUs: rtLimitUs };
}

/** A wait status, wait(2): 9 → SIGKILL, 0x300 → code 3. */
export function toExit(status: number): Exit {
  const signal = status & signalMask;
  return {
    code: signal === 0 ? (status >> codeShift) & codeMask : null,
    signal: signal === 0 ? null : signalName(signal),
    coreDumped: (status & coreFlag) !== 0,
  };
}
