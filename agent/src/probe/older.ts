import type { RawEvent } from '../source.ts';
import type { Clock } from './event/clock.ts';
import { gapEvent, gapReasons } from './event/gaps.ts';
import { accountant, type Told } from './event/losses.ts';
import type { MapFds } from './kernel/names.ts';
import type { OlderMaps } from './kernel/pins.ts';
import { openRing, type RingEnds, type TakeRecord } from './maps/ring.ts';
import { openMaps } from './maps/tables.ts';
import { layout } from './record/layout.ts';
import { readableLayouts } from './record/older-layouts.ts';
import { readUs } from './record/read.ts';

/**
 * Reads what an agent of another layout left in its ring. Records of a layout that is not readable
 * are lost: the result is a gap with their number and time span (the head is the same in all), or null.
 */
export function takeOlder(
  older: OlderMaps,
  maps: MapFds,
  clock: Clock,
  taker: (maps: MapFds) => TakeRecord,
  ends: RingEnds,
): RawEvent | null {
  const ring = openRing(older.fds.ring, ends);
  const times: number[] = [];
  const readable = readableLayouts.includes(older.version);
  const count = (record: Buffer): void => {
    if (record.length >= layout.head.size) times.push(readUs(record, layout.head.atNs));
  };
  ring.drain(readable ? taker({ ...maps, ...older.fds }) : count, Number.MAX_SAFE_INTEGER);
  ring.close();
  const [sinceUs] = times;
  if (sinceUs === undefined) return null;
  const untilUs = times.at(-1) ?? sinceUs;
  const reason = gapReasons.otherLayout(older.version);
  return gapEvent(clock, { lost: times.length, sinceUs, untilUs, reason });
}

/** What such an agent counted and did not tell any more. */
export function olderAccounts({ version, fds }: OlderMaps, maps: MapFds, clock: Clock): Told[] {
  if (!readableLayouts.includes(version) || fds.counters === undefined) return [];
  const accounts = accountant(openMaps({ ...maps, ...fds }), clock);
  return [accounts.losses(), accounts.counts()].flatMap((told) => told ?? []);
}
