import type { JetStreamManager } from 'nats';
import { type Place, type Standing, storedAt } from './standing.ts';

/** Whether a consumer stands still, by two looks at it. */
export type IsStuck = (
  manager: JetStreamManager,
  place: Place,
  before: Standing,
  now: Standing,
) => Promise<boolean>;

/** Of a work queue, where what is acknowledged goes: nothing stays at its head. */
export const queueIsStuck: IsStuck = async (manager, place, before, now) =>
  headIsForgotten(before, now) || (await waitsForRemoved(manager, place, before, now));

/** It was delivered at the look before, it is still there, and others were stored since. */
function headIsForgotten(before: Standing, now: Standing): boolean {
  const moves = now.undelivered === 0 || now.delivered > before.delivered;
  return now.messages > 0 && now.head === before.head && before.delivered >= now.head && moves;
}

/** The next message that it wants acknowledged, at both looks, is none that is held. */
async function waitsForRemoved(
  manager: JetStreamManager,
  place: Place,
  before: Standing,
  now: Standing,
): Promise<boolean> {
  if (before.unacknowledged === 0 || now.unacknowledged === 0) return false;
  if (now.floor !== before.floor) return false;
  return (await storedAt(manager, place, now.floor + 1)) === null;
}

/**
 * Of a stream that keeps what was acknowledged: the consumer is ahead of the stream, which lost its
 * end and gives the numbers out anew; messages wait, and somebody for them; or it holds nothing but
 * what is gone.
 */
export const keptIsStuck: IsStuck = async (manager, place, before, now) => {
  if (now.delivered > now.last || now.last < before.last) return true;
  const stands = now.floor === before.floor && now.delivered === before.delivered;
  const isFull = now.unacknowledged >= now.mostUnacknowledged;
  if (stands && now.waiting > 0 && before.waiting > 0) {
    if (before.last > before.delivered && !isFull) return true;
    if (isFull) return (await storedAt(manager, place, now.floor + 1)) === null;
  }
  return isAnother(await storedAt(manager, place, before.last), before.lastAt);
};

/** The number was given out anew. */
const isAnother = (storedAtNow: Date | null, at: string): boolean =>
  storedAtNow !== null && storedAtNow.getTime() !== new Date(at).getTime();
