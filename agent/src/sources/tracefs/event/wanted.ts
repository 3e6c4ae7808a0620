import { basename } from 'node:path';
import type { DeathEvent } from '@coroner/schema/event/death';

export interface Wanted {
  /** Ends of processes younger than this are left out when they ended unasked. */
  readonly shortLivedMs: number;
  isWatched(names: readonly string[]): boolean;
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
  if ((death.lifetimeMs ?? 0) >= shortLivedMs) return true;
  if (death.signals.some(({ signal }) => askedToStop.has(signal))) return true;
  const { comm, exe, cmdline } = death.victim;
  return isWatched([comm, exe, cmdline?.[0]].flatMap((name) => (name ? [basename(name)] : [])));
}
