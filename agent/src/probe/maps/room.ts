import type { MapFds } from '../kernel/names.ts';
import { roomOf } from '../kernel/sizes.ts';
import { bpfError, libbpf } from '../native/libbpf.ts';
import { layout } from '../record/layout.ts';
import { entriesOf } from './entries.ts';
import { mapEntries } from './size.ts';

type RoomFds = Pick<MapFds, 'pending' | 'room' | 'capacity'>;
const only = Buffer.alloc(4);

/** Before the programs run: how many entries `pending` may have, and how many it has already. */
export function prepareRoom(fds: RoomFds, occupied: number): void {
  const room = Buffer.alloc(layout.room.size);
  room.writeBigInt64LE(BigInt(occupied), layout.room.occupied);
  write(fds.room, room);
  writeCapacity(fds, { limit: roomOf(mapEntries(fds.pending)), displaced: 0, refused: 0 });
}

interface Capacity {
  limit: number;
  displaced: number;
  refused: number;
}

/** Processes whose pending signals were forgotten. */
export interface Displaced {
  lost: number;
  /** Until this is called they are told again. */
  done(): void;
}

/**
 * How many processes lost their record of pending signals since it was last told, for want of room;
 * null when there was room. The map says nothing of it, so what is there is counted, once it was full.
 */
export function displacedSince(fds: RoomFds): Displaced | null {
  const room = read(fds.room, layout.room.size);
  const known = read(fds.capacity, layout.capacity.size);
  const limit = Number(known.readBigInt64LE(layout.capacity.limit));
  const told = Number(known.readBigInt64LE(layout.capacity.displaced));
  const refusedTold = Number(known.readBigUInt64LE(layout.capacity.refused));
  const occupied = Number(room.readBigInt64LE(layout.room.occupied)) - told;
  const refused = Number(room.readBigUInt64LE(layout.room.refused));
  const displaced = occupied > limit ? Math.max(0, occupied - countPending(fds)) : 0;
  const lost = displaced + refused - refusedTold;
  if (lost <= 0) return null;
  return {
    lost,
    done: () => writeCapacity(fds, { limit, displaced: told + displaced, refused }),
  };
}

function countPending({ pending }: RoomFds): number {
  let count = 0;
  for (const _ of entriesOf(pending, layout.victimKey.size, layout.pending.size)) count++;
  return count;
}

function writeCapacity(fds: RoomFds, { limit, displaced, refused }: Capacity): void {
  const value = Buffer.alloc(layout.capacity.size);
  value.writeBigInt64LE(BigInt(limit), layout.capacity.limit);
  value.writeBigInt64LE(BigInt(displaced), layout.capacity.displaced);
  value.writeBigUInt64LE(BigInt(refused), layout.capacity.refused);
  write(fds.capacity, value);
}

function read(fd: number, size: number): Buffer {
  const value = Buffer.alloc(size);
  const result = libbpf().lookup(fd, only, value);
  if (result < 0) throw bpfError('reading how full the map pending is', result);
  return value;
}

function write(fd: number, value: Buffer): void {
  const result = libbpf().update(fd, only, value, 0);
  if (result < 0) throw bpfError('writing how full the map pending is', result);
}
