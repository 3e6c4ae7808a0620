import type { DeathEvent, FatalSignal } from '@coroner/schema/event/death';
import { deathId } from '@coroner/schema/identity';
import type { Process } from '@coroner/schema/process';

/** Facts of a death that a test cares about; the rest is an ordinary kill -9. */
export interface DeathFacts {
  host?: string;
  pid?: number;
  comm?: string;
  exe?: string | null;
  cmdline?: string[];
  unit?: string | null;
  at?: string;
  killer?: Partial<Process>;
  victim?: Partial<Process>;
  more?: Partial<DeathEvent>;
}

const bootStartMs = Date.UTC(2026, 0, 1);

export const aliceKill: Process = {
  pid: 999,
  comm: 'pkill',
  startUs: 999_000,
  cmdline: ['pkill', '-9', '-f', 'python'],
  uid: 1000,
  user: 'alice',
  ancestry: [{ pid: 900, comm: 'bash' }],
};

/** A death by SIGKILL of a named sender. */
export function killed(facts: DeathFacts = {}): DeathEvent {
  const { host = 'web-3', pid = 4121, comm = 'nginx', at = new Date().toISOString() } = facts;
  const startUs = 1_000_000 + pid;
  const bootUs = (Date.parse(at) - bootStartMs) * 1000;
  const signal: FatalSignal = {
    signal: 'SIGKILL',
    info: 'user',
    code: 0,
    group: true,
    result: 'delivered',
    at,
    bootUs: bootUs - 1000,
    count: 1,
    currentIsVictim: false,
    currentExiting: false,
    currentKernelThread: false,
    current: { ...aliceKill, ...facts.killer },
  };
  return {
    kind: 'death',
    id: deathId(host, 'boot-1', pid, startUs),
    source: 'probe',
    at,
    bootUs,
    victim: {
      pid,
      comm,
      startUs,
      exe: facts.exe === undefined ? `/usr/sbin/${comm}` : facts.exe,
      cmdline: facts.cmdline ?? [comm],
      uid: 33,
      user: 'www-data',
      unit: facts.unit ?? null,
      ancestry: [],
      ...facts.victim,
    },
    exit: { code: null, signal: 'SIGKILL', coreDumped: false },
    signals: [signal],
    signalsLost: 0,
    oomMarked: false,
    ...facts.more,
  };
}
