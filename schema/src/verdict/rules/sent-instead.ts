import type { Cause } from '../../cause.ts';
import type { RuledOut } from '../../http/answer.ts';
import type { Facts } from '../facts/facts.ts';

/** What the kernel makes of itself as a rule came from a process here: so it was not that. */
export const sentInstead =
  (cause: Cause, signals: readonly string[], from: string) =>
  ({ signal, sender }: Facts): RuledOut[] =>
    signal && sender && signals.includes(signal.signal)
      ? [{ cause, because: `${signal.signal} was sent by a process, not by ${from}` }]
      : [];
