import type { Source } from '@coroner/schema/event/base';
import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event, EventKind, EventOf } from '@coroner/schema/event/event';
import { deathId, stableId } from '@coroner/schema/identity';
import type { Ancestor, Process } from '@coroner/schema/process';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type { Sent } from './recording.ts';
import type { MadeSignal } from './signals.ts';

const dayMs = 86_400_000;
const usPerMs = 1000;
/** From a fact to its sending, where the recording does not say otherwise. */
const usualDelayMs = 200;
const firstPid = 2000;

export interface HostOptions {
  /** The error of its wall clock: positive when it is ahead. */
  clockMs?: number;
  /** The clock is set at this time, and its error is another by this much from then on. */
  clockIsSet?: { atMs: number; byMs: number } | null;
  /** How long it had been up when the scenario begins. */
  upMs?: number;
  /** What its agent can see. */
  sources?: SourceStatus[];
}

type Facts<Kind extends EventKind> = Omit<EventOf<Kind>, 'kind' | 'id' | 'at' | 'source'>;
type ProcessFacts = Partial<Process> & Pick<Process, 'comm'> & { startMs?: number };
type DeathFacts = Partial<Omit<DeathEvent, 'victim' | 'signals'>> & {
  signals?: MadeSignal[];
  /** When it reached the hub, if not at once. */
  sentMs?: number;
};

/** A host of a recording. All times are ms since the scenario's beginning, in true time. */
export interface RecordedHost {
  name: string;
  bootId: string;
  /** The error of its wall clock at a true time, ms since 1970. */
  clockErrorMs(trueMs: number): number;
  /** True time at which it booted, ms since 1970. */
  bootedMs: number;
  /** By the host's own clocks. */
  clocks(ms: number): { at: string; bootUs: number };
  process(facts: ProcessFacts, parents?: readonly Ancestor[]): Process;
  /** The probe's record of an end; by the last signal, unless `exit` says otherwise. */
  dies(victim: Process, ms: number, facts?: DeathFacts): void;
  /** An event of another source. */
  tells<Kind extends EventKind>(
    kind: Kind,
    source: Source,
    ms: number,
    facts: Facts<Kind>,
    sentMs?: number,
  ): void;
  heartbeat(ms: number, sources?: SourceStatus[]): void;
}

export function createHost(
  name: string,
  startMs: number,
  { clockMs = 0, clockIsSet = null, upMs = 30 * dayMs, sources = [] }: HostOptions,
  send: (item: Sent) => void,
): RecordedHost {
  let nextPid = firstPid;
  let told = 0;
  const bootedMs = startMs - upMs;
  const clockErrorMs = (trueMs: number): number =>
    clockMs + (clockIsSet && trueMs >= startMs + clockIsSet.atMs ? clockIsSet.byMs : 0);
  const clocks = (ms: number) => ({
    at: new Date(startMs + ms + clockErrorMs(startMs + ms)).toISOString(),
    bootUs: Math.round((upMs + ms) * usPerMs),
  });
  const sendAt = (ms: number, event: Event) => send({ host, sentMs: startMs + ms, event });
  const host: RecordedHost = {
    name,
    bootId: stableId('boot', name),
    clockErrorMs,
    bootedMs,
    clocks,
    process({ startMs: started = -dayMs, ...facts }, parents = []) {
      const { at, bootUs } = clocks(started);
      nextPid += 1;
      const cmdline = [facts.comm];
      return {
        pid: nextPid,
        startUs: bootUs,
        startedAt: at,
        cmdline,
        uid: 0,
        user: 'root',
        ancestry: [...parents],
        ...facts,
      };
    },
    dies(victim, ms, { signals = [], sentMs, ...facts } = {}) {
      const exit = { code: null, signal: signals.at(-1)?.signal ?? null, coreDumped: false };
      const event: DeathEvent = {
        kind: 'death',
        id: deathId(name, host.bootId, victim.pid, victim.startUs ?? 0),
        source: 'probe',
        ...clocks(ms),
        victim,
        exit,
        signals: signals.map(({ atMs, ...signal }) => ({ ...signal, ...clocks(atMs) })),
        signalsLost: 0,
        oomMarked: false,
        lifetimeMs: (clocks(ms).bootUs - (victim.startUs ?? 0)) / usPerMs,
        ...facts,
      };
      sendAt(sentMs ?? ms + usualDelayMs, event);
    },
    tells(kind, source, ms, facts, sentMs = ms + usualDelayMs) {
      told += 1;
      const id = stableId('recorded', name, kind, told);
      // The kernel's own sources know the boot clock, logs the wall clock alone.
      const { at, bootUs } = clocks(ms);
      const time = source === 'kmsg' || source === 'probe' ? { at, bootUs } : { at };
      sendAt(sentMs, { kind, id, source, ...time, ...facts } as unknown as Event);
    },
    heartbeat: (ms, now = sources) => send({ host, sentMs: startMs + ms, sources: now }),
  };
  return host;
}
