import type { DeathEvent } from '@coroner/schema/event/death';
import type { Watchable } from '../../../probe/event/watched.ts';

export interface Wanted {
  /** Ends of processes younger than this are left out when they ended unasked. */
  readonly shortLivedMs: number;
  isWatched(process: Watchable): boolean;
}

const askedToStop: ReadonlySet<string> = new Set([
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGABRT',
  'SIGKILL',
]);

/** Whether a death is shipped: by a signal, after a request to stop, of a long life, or watched. */
export function isWanted(death: DeathEvent, { shortLivedMs, isWatched }: Wanted): boolean {
  if (death.exit.signal !== null || death.oomMarked) return true;
  // It was there before the agent, and how long is not known.
  if (death.lifetimeMs == null || death.lifetimeMs >= shortLivedMs) return true;
  if (death.signals.some(({ signal }) => askedToStop.has(signal))) return true;
  return isWatched(death.victim);
}
