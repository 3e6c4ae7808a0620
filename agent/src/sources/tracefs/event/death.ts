import type { DeathEvent } from '@coroner/schema/event/death';
import { deathId } from '@coroner/schema/identity';
import type { Ancestor, Process } from '@coroner/schema/process';
import type { Identity } from '../pairing/known.ts';
import { identityOf } from '../pairing/known.ts';
import type { Gone } from '../pairing/pairing.ts';
import { type KernelTraits, meaningOf, toFatalSignal } from './signal.ts';

export interface DeathContext {
  readonly host: string;
  readonly bootId: string;
  readonly kernel: KernelTraits;
  /** µs since boot → wall time. */
  instant(bootUs: number): string;
}

const usPerMs = 1000;
const argvBytes = 4096;

/** A death as the tracefs fallback knows it: what it could not read stays open. */
export function toDeathEvent(
  { known, atUs, end }: Gone,
  ancestors: readonly Identity[],
  context: DeathContext,
): DeathEvent {
  const { instant } = context;
  const process = (identity: Identity, above: readonly Identity[]) =>
    toProcess(identity, above, instant);
  return {
    kind: 'death',
    // No process of that pid began when this one ended.
    id: deathId(context.host, context.bootId, known.pid, known.startUs ?? atUs),
    source: 'tracefs',
    at: instant(atUs),
    bootUs: atUs,
    victim: process(identityOf(known), ancestors),
    exit: end.exit,
    signals: known.signals.map((received) => {
      const { sender } = received;
      const meaning = meaningOf(received, known.oomMarked, context.kernel);
      // Without siginfo a task is told from a dying bystander by its end alone, which may be lost.
      const doubtful = meaning.info === 'none' && sender.exiting === null;
      const current =
        sender.process && !doubtful ? process(sender.process, sender.ancestors) : null;
      return toFatalSignal(received, meaning, end.concluded, instant, current);
    }),
    signalsLost: known.signalsLost,
    oomMarked: known.oomMarked,
    lifetimeMs: known.startUs === null ? null : Math.max(0, (atUs - known.startUs) / usPerMs),
  };
}

function toProcess(
  { pid, comm, startUs, uid, exe, seen }: Identity,
  ancestors: readonly Identity[],
  instant: (bootUs: number) => string,
): Process {
  const own = seen?.pid === pid ? seen : null;
  return {
    pid,
    comm,
    startUs,
    startedAt: startUs === null ? null : instant(startUs),
    exe,
    cmdline: seen?.cmdline ?? null,
    cmdlineTruncated: (seen?.cmdline ?? []).join('\0').length >= argvBytes,
    uid,
    auid: seen?.auid ?? null,
    auditSession: seen?.auditSession ?? null,
    pgid: own?.pgid ?? null,
    sid: seen?.sid ?? null,
    cgroup: seen?.cgroup ?? null,
    innerPid: own?.innerPid ?? null,
    ancestry: ancestors.map(toAncestor),
  };
}

const toAncestor = ({ pid, comm, startUs, uid, seen }: Identity): Ancestor => ({
  pid,
  comm,
  startUs,
  uid,
  cmdline: seen?.cmdline ?? null,
});
