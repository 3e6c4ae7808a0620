import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import type { Event, EventOf } from '../../event/event.ts';
import { type Decisive, decisiveSignal } from './decisive.ts';
import { between } from './nearby.ts';
import { isFromSelf, senderOf } from './sender.ts';

type Call = EventOf<'kill-syscall'>;

/** The record has the time at which the system call began. */
const beforeMs = 1_000;
const clockMs = 50;

/** Calls on record in the audit log that are this very signal: of its sender, to the victim. */
export function callsBehind(
  signal: FatalSignal,
  { victim }: DeathEvent,
  evidence: readonly Event[],
): Call[] {
  const sender = isFromSelf(signal) ? victim : senderOf(signal);
  if (!sender) return [];
  return between(evidence, 'kill-syscall', signal, beforeMs, clockMs).filter(
    (call) =>
      // Into a text log anybody may write anybody's name.
      call.source !== 'log' &&
      call.success !== false &&
      call.signal === signal.signal &&
      call.targetPid === victim.pid &&
      call.senderPid === sender.pid,
  );
}

/**
 * Where the audit log has the call too, two independent sources agree on who sent it. What else is
 * in doubt, as whether it ended the victim, stays so.
 */
export function corroborated(
  recorded: Decisive,
  calls: readonly Call[],
  death: DeathEvent,
): Decisive {
  const { signal } = recorded;
  if (calls.length === 0 || signal.doubt !== 'likely') return recorded;
  const { doubt: _, ...certain } = signal;
  const signals = death.signals.map((one) => (one === signal ? certain : one));
  const certainty = decisiveSignal({ ...death, signals })?.certainty ?? recorded.certainty;
  return { ...recorded, certainty };
}
