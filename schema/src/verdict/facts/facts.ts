import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import type { Event, EventOf } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import type { Case, WatchedSource } from '../case.ts';
import { callsBehind, corroborated } from './corroborated.ts';
import { type Decisive, decisiveSignal } from './decisive.ts';
import { type Miss, missesOf } from './near-misses.ts';
import { senderOf } from './sender.ts';
import { trusted } from './trusted.ts';

/** What the rules look at: the case with the questions answered that most of them ask. */
export interface Facts {
  host: string;
  death: DeathEvent;
  victim: Process;
  evidence: readonly Event[];
  /** What was read on the host then; empty where that is not known. */
  sources: readonly WatchedSource[];
  /** The signal that decided the end; null when none is recorded. */
  decisive: Decisive | null;
  /** That signal alone. */
  signal: FatalSignal | null;
  /** The system calls by which it was sent, where the audit log has them. */
  calls: readonly EventOf<'kill-syscall'>[];
  /** What others sent to the victim in vain. */
  misses: readonly Miss[];
  /** Who sent it; null when the kernel names nobody, or the victim itself. */
  sender: Process | null;
}

export function factsOf({ host, death, evidence, sources = [] }: Case): Facts {
  const recorded = decisiveSignal(death);
  const signal = recorded?.signal ?? null;
  const calls = signal ? callsBehind(signal, death, evidence) : [];
  return {
    host,
    death,
    victim: death.victim,
    evidence: trusted(evidence, death),
    sources,
    misses: missesOf(death, evidence),
    decisive: recorded && corroborated(recorded, calls, death),
    signal,
    calls,
    sender: signal && senderOf(signal),
  };
}
