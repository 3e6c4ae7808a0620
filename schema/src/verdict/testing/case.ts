import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import type { Case } from '../case.ts';

/** Cases for the tests of rules: an ordinary death, in which each test changes what it is about. */
const diedBootUs = 5_000_000_000;
const diedAtMs = Date.UTC(2026, 7, 2, 3, 12, 7);
const usPerMs = 1000;

/** A time on both clocks, `ms` before the death. */
export function before(ms: number): { at: string; bootUs: number } {
  return { at: new Date(diedAtMs - ms).toISOString(), bootUs: diedBootUs - ms * usPerMs };
}

export function aProcess(facts: Partial<Process> & Pick<Process, 'pid' | 'comm'>): Process {
  return { startUs: 1_000_000 + facts.pid, uid: 0, ancestry: [], ...facts };
}

export const bystander = aProcess({
  pid: 555,
  comm: 'postgres',
  cmdline: ['postgres: checkpointer'],
});

export const killer = aProcess({
  pid: 999,
  comm: 'pkill',
  cmdline: ['pkill', '-9', '-f', 'python'],
  uid: 1000,
  user: 'alice',
  ancestry: [
    { pid: 900, comm: 'bash' },
    { pid: 880, comm: 'sshd' },
  ],
});

export function aSignal(facts: Partial<FatalSignal> = {}): FatalSignal {
  return {
    signal: 'SIGKILL',
    info: 'user',
    code: 0,
    group: true,
    result: 'delivered',
    ...before(1),
    count: 1,
    currentIsVictim: false,
    currentExiting: false,
    currentKernelThread: false,
    current: killer,
    ...facts,
  };
}

/** A signal that the victim sent to itself, or that the kernel raised while it ran: a fault to its thread. */
export const ownSignal = (facts: Partial<FatalSignal>): FatalSignal =>
  aSignal({ currentIsVictim: true, current: null, group: (facts.code ?? 0) <= 0, ...facts });

/** A signal that the kernel made while an innocent task ran. */
export const kernelSignal = (facts: Partial<FatalSignal>): FatalSignal =>
  aSignal({ info: 'kernel', code: null, current: bystander, ...facts });

export function aDeath(facts: Partial<DeathEvent> = {}): DeathEvent {
  return {
    kind: 'death',
    id: 'death-of-nginx',
    source: 'probe',
    ...before(0),
    victim: aProcess({ pid: 4121, comm: 'nginx', uid: 33, user: 'www-data' }),
    exit: { code: null, signal: 'SIGKILL', coreDumped: false },
    signals: [aSignal()],
    signalsLost: 0,
    oomMarked: false,
    lifetimeMs: 792_000_000,
    ...facts,
  };
}

/** Killed by the signals given, the last of which is the one that it died of. */
export function killedBy(...signals: FatalSignal[]): DeathEvent {
  const last = signals.at(-1)?.signal ?? 'SIGKILL';
  return aDeath({ signals, exit: { code: null, signal: last, coreDumped: false } });
}

export function exited(code: number, ...signals: FatalSignal[]): DeathEvent {
  return aDeath({ signals, exit: { code, signal: null, coreDumped: false } });
}

export function aCase(death: DeathEvent, ...evidence: Event[]): Case {
  return { host: 'web-3', bootId: 'boot-1', death, evidence, gaps: [] };
}
