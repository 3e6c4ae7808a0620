import type { RawEvent } from '../source.ts';
import type { Clock } from './event/clock.ts';
import { olderGap } from './event/losses.ts';
import type { MapFds } from './kernel/names.ts';
import type { OlderMaps } from './kernel/pins.ts';
import { openRing, type TakeRecord } from './maps/ring.ts';
import { layout, readableLayouts } from './record/layout.ts';
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
): RawEvent | null {
  const ring = openRing(older.fds.ring);
  const times: number[] = [];
  const readable = readableLayouts.includes(older.version);
  const count = (record: Buffer): void => {
    if (record.length >= layout.head.size) times.push(readUs(record, layout.head.atNs));
  };
  ring.drain(readable ? taker({ ...maps, ...older.fds }) : count, Number.MAX_SAFE_INTEGER);
  ring.close();
  const [first] = times;
  return first === undefined
    ? null
    : olderGap(clock, times.length, first, times.at(-1) ?? first, older.version);
}
