import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import type { Process } from '../../process.ts';
import { signalNumber } from '../../signal.ts';
import { isInteractive } from './interactive.ts';

/** How firmly an end follows from a signal. */
export type Certainty = 'proven' | 'likely' | 'possible';

export const promptMs = 10_000;
export const patientMs = 90_000;
const atOnceMs = 2_000;
const signalExitBase = 128;
/** What asks a process to stop: it may be caught, and raised again after cleaning up. */
export const stopRequests: ReadonlySet<string> = new Set([
  'SIGTERM',
  'SIGINT',
  'SIGQUIT',
  'SIGHUP',
]);

/** How firmly an exit is a reaction to a signal that was caught; null when it is none. */
export function reactionTo(
  { signal }: FatalSignal,
  { victim, exit }: Pick<DeathEvent, 'victim' | 'exit'>,
  delayMs: number,
): Certainty | null {
  if (signal === 'SIGKILL' || delayMs < 0 || delayMs > patientMs) return null;
  const isPrompt = delayMs <= promptMs;
  const saysSo = exit.code === signalExitBase + (signalNumber(signal) ?? Number.NaN);
  if ((signal === 'SIGINT' || signal === 'SIGQUIT') && isInteractive(victim))
    return isPrompt ? 'possible' : null;
  // SIGTERM is for stopping alone: so long as the code names it, how long that took does not matter.
  if (saysSo) return isPrompt || signal === 'SIGTERM' ? 'proven' : 'likely';
  if (exit.code === null && exit.byItself !== true) return null;
  switch (signal) {
    case 'SIGTERM':
      if (!isPrompt) return 'possible';
      return exit.code === 0 ? 'proven' : 'likely';
    case 'SIGINT':
      return isPrompt ? 'likely' : 'possible';
    case 'SIGQUIT':
      return afterQuit(victim, exit.code, delayMs);
    case 'SIGHUP':
      return exit.code === 0 && delayMs <= atOnceMs ? 'likely' : null;
    default:
      return null;
  }
}

/** What Go's runtime exits with after SIGQUIT, when it has printed its stacks. */
const goQuit = 2;

/** Some stop gracefully, some print their threads and go on: then it has nothing to do with the end. */
function afterQuit(victim: Process, code: number | null, delayMs: number): Certainty | null {
  if (isJava(victim)) return null;
  if (code === goQuit && delayMs <= atOnceMs) return 'likely';
  return (code === 0 || code === null) && delayMs <= promptMs ? 'possible' : null;
}

function isJava({ comm, exe, cmdline }: Process): boolean {
  return [comm, exe, cmdline?.[0]].some((name) => /(?:^|\/)(?:java|jsvc)$/.test(name ?? ''));
}
