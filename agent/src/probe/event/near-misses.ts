import type { NearMiss } from '@coroner/schema/event/agent';
import { signalName } from '@coroner/schema/signal';
import type { MissRecord } from '../record/miss.ts';

/** What an event holds; the rest is in its total only. */
const mostRows = 50;

/** The most frequent first. */
export function nearMissRows(misses: readonly MissRecord[]): NearMiss[] {
  return misses
    .toSorted((a, b) => b.count - a.count)
    .slice(0, mostRows)
    .map(({ signal, sender, target, count, overflowed }) => ({
      signal: signalName(signal),
      sender,
      target,
      count,
      why: overflowed ? 'not-queued' : 'ignored',
    }));
}
