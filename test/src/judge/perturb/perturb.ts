import type { DeathEvent } from '@coroner/schema/event/death';
import type { EventOf } from '@coroner/schema/event/event';
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
  const kept = recording.sent.filter(() => random() >= how.dropped);
  const sent = [...kept, ...auditGaps(recording.sent, new Set(kept))]
    .map((item) => withoutSignals(item, how.signalsLost, random))
    .flatMap((item) => (random() < how.duplicated ? [item, late(item, random)] : [item]))
    .map((item) => (random() < how.delayed ? late(item, random) : item));
  return { ...recording, sent: sent.sort(byArrival) };
}

function late(item: Sent, random: Random): Sent {
  const delayMs = random() * longestDelayMs;
  return item.event ? { ...item, sentMs: item.sentMs + delayMs } : { ...item, delayMs };
}

/** Whatever is lost is lost in silence, but for the audit log: the kernel counts what it loses there. */
function auditGaps(sent: readonly Sent[], kept: ReadonlySet<Sent>): Sent[] {
  return sent.flatMap((item): Sent[] => {
    const { host, sentMs, event } = item;
    if (event?.kind !== 'kill-syscall' || kept.has(item)) return [];
    const gap: EventOf<'gap'> = {
      kind: 'gap',
      id: `gap-of-${event.id}`,
      source: 'audit',
      at: event.at,
      of: 'audit',
      since: event.at,
      until: event.at,
      lost: 1,
      reason: 'the audit backlog was full',
    };
    return [{ host, sentMs, event: gap }];
  });
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
