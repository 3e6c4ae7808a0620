import { confidences, weaker } from '../../confidence.ts';
import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import { type Certainty, patientMs, promptMs, reactionTo, stopRequests } from './reaction.ts';
import { isFromSelf } from './sender.ts';

/**
 * The signal that decided the end.
 * - `fatal`: it killed;
 * - `handled`: the victim caught it and exited by itself soon after;
 * - `re-raised`: the victim caught it, cleaned up and sent the same to itself.
 */
export interface Decisive {
  signal: FatalSignal;
  how: 'fatal' | 'handled' | 're-raised';
  /** From the signal to the end. */
  delayMs: number;
  /** How firmly the end follows from the signal. */
  certainty: Certainty;
}

const usPerMs = 1000;

/** Null when no recorded signal explains the end. */
export function decisiveSignal(death: DeathEvent): Decisive | null {
  const decisive = explaining(death);
  return decisive && { ...decisive, certainty: doubted(decisive, death.signalsLost) };
}

/** No firmer than the source of the signal is; nothing counts after a SIGKILL, before all else a lost signal may. */
function doubted({ certainty, signal }: Decisive, signalsLost: number): Certainty {
  const doubt =
    signal.doubt ?? (signalsLost > 0 && signal.signal !== 'SIGKILL' ? 'likely' : undefined);
  return doubt ? weaker<Certainty>(doubt, certainty) : certainty;
}

function explaining(death: DeathEvent): Decisive | null {
  const delivered = death.signals.filter((signal) => signal.result === 'delivered');
  if (death.exit.signal === null) return handledStop(death, delivered);
  const fatal = fatalSignal(death.exit.signal, delivered);
  if (!fatal) return null;
  return (
    reRaised(death, fatal, delivered) ?? {
      signal: fatal,
      how: 'fatal',
      delayMs: delayTo(death, fatal),
      certainty: 'proven',
    }
  );
}

/**
 * Of several equal signals: the first SIGKILL, for nothing counts after it; of any other the last
 * one, for while one is pending an equal one is not `delivered`: the victim survived those before.
 */
function fatalSignal(name: string, delivered: readonly FatalSignal[]): FatalSignal | null {
  const equal = delivered.filter((signal) => signal.signal === name).sort(byDelivery);
  return (name === 'SIGKILL' ? equal.sort(byTime)[0] : equal.at(-1)) ?? null;
}

function reRaised(
  death: DeathEvent,
  fatal: FatalSignal,
  delivered: readonly FatalSignal[],
): Decisive | null {
  if (!isFromSelf(fatal) || !stopRequests.has(fatal.signal)) return null;
  const request = delivered
    .filter((signal) => signal.signal === fatal.signal && !isFromSelf(signal))
    .filter((signal) => deliveredUs(signal) <= deliveredUs(fatal))
    .sort(byDelivery)
    .at(-1);
  if (!request) return null;
  const delayMs = delayTo(death, request);
  if (delayMs > patientMs) return null;
  const certainty = delayMs <= promptMs ? 'proven' : 'likely';
  return { signal: request, how: 're-raised', delayMs, certainty };
}

/** The first of the firmest: it set the shutdown going. Requests of several senders leave a doubt. */
function handledStop(death: DeathEvent, delivered: readonly FatalSignal[]): Decisive | null {
  const requests = delivered
    .filter((signal) => !(stopRequests.has(signal.signal) && isFromSelf(signal)))
    .sort(byTime)
    .flatMap((signal): Decisive[] => {
      const delayMs = delayTo(death, signal);
      const certainty = reactionTo(signal, death, delayMs);
      return certainty ? [{ signal, how: 'handled', delayMs, certainty }] : [];
    });
  const firmest = confidences
    .map((level) => requests.find((request) => request.certainty === level))
    .find((request) => request !== undefined);
  if (!firmest) return null;
  const senders = new Set(requests.map((request) => request.signal.current?.pid));
  const doubtful = senders.size > 1 && firmest.certainty === 'proven';
  return doubtful ? { ...firmest, certainty: 'likely' } : firmest;
}

function delayTo(death: DeathEvent, signal: FatalSignal): number {
  if (typeof death.bootUs === 'number') return (death.bootUs - lastBootUs(signal)) / usPerMs;
  return death.at === null ? 0 : Date.parse(death.at) - Date.parse(signal.at);
}

const lastBootUs = (signal: FatalSignal): number => signal.lastBootUs ?? signal.bootUs;
const byTime = (a: FatalSignal, b: FatalSignal): number => a.bootUs - b.bootUs;
/** Later ones of the same sender merged into whatever was pending then, its own or another's. */
const deliveredUs = (signal: FatalSignal): number => signal.deliveredBootUs ?? lastBootUs(signal);
const byDelivery = (a: FatalSignal, b: FatalSignal): number => deliveredUs(a) - deliveredUs(b);
