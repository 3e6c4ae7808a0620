import type { DeathEvent } from '@coroner/schema/event/death';
import { byArrival, type Recording, type Sent } from '../recording/recording.ts';
import type { Random } from './random.ts';

/** How much of what is sent is disturbed, each as a share of all. */
export interface Disturbance {
  dropped: number;
  delayed: number;
  duplicated: number;
  /** Of the signals in the probe's records. */
  signalsLost: number;
}

const longestDelayMs = 180_000;
const mostDropped = 0.4;
const mostSignalsLost = 0.3;

/** Every message may come late, twice or in another order, but all come in the end. */
export function shuffling(random: Random): Disturbance {
  return { dropped: 0, signalsLost: 0, delayed: random(), duplicated: random() };
}

/** And some never come. */
export function losing(random: Random): Disturbance {
  return {
    ...shuffling(random),
    dropped: random() * mostDropped,
    signalsLost: random() < 0.5 ? 0 : random() * mostSignalsLost,
  };
}

/** The same truth, as it might have arrived. */
export function perturbed(recording: Recording, how: Disturbance, random: Random): Recording {
  const sent = recording.sent
    .filter(() => random() >= how.dropped)
    .map((item) => withoutSignals(item, how.signalsLost, random))
    .flatMap((item) => (random() < how.duplicated ? [item, late(item, random)] : [item]))
    .map((item) => (random() < how.delayed ? late(item, random) : item));
  return { ...recording, sent: sent.sort(byArrival) };
}

function late(item: Sent, random: Random): Sent {
  const delayMs = random() * longestDelayMs;
  return item.event ? { ...item, sentMs: item.sentMs + delayMs } : { ...item, delayMs };
}

/** The kernel counts what does not fit into its ring. */
function withoutSignals(item: Sent, share: number, random: Random): Sent {
  if (item.event?.kind !== 'death' || share === 0) return item;
  const { event } = item;
  const signals = event.signals.filter(() => random() >= share);
  const signalsLost = event.signalsLost + event.signals.length - signals.length;
  const thinned: DeathEvent = { ...event, signals, signalsLost };
  return { host: item.host, sentMs: item.sentMs, event: thinned };
}
