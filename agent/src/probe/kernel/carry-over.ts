import { entriesOf } from '../maps/entries.ts';
import { bpfError, libbpf } from '../native/libbpf.ts';
import { clockUs, errno, lastErrno } from '../native/libc.ts';
import { layout, maxima } from '../record/layout.ts';
import { olderLayout, readableLayouts } from '../record/older-layouts.ts';
import type { MapFds } from './names.ts';
import type { OlderMaps } from './pins.ts';

const noExist = 1;
const anyway = 0;
const alreadyPending = 2;
const nsPerUs = 1000n;

const valueBytes = { actors: layout.actor.size, procs: layout.proc.size } as const;
const keyBytes = { actors: layout.key.size, procs: 4 } as const;

export interface Carried {
  /** How many have signals pending. */
  processes: number;
  /** The second time; how many processes have lost what they had. */
  finish(): number;
}

/**
 * Copies what a probe of another layout knows of processes that live: pending signals, their senders,
 * command lines. Once while it still records, and with the result, once it does not, what has changed
 * since: in the moment between, a new signal of the same process is worth more than an old one.
 */
export function carryOver({ version, fds }: OlderMaps, to: MapFds): Carried {
  if (!readableLayouts.includes(version)) return { processes: 0, finish: () => 0 };
  const copied = new Map<string, Buffer>();
  copyKnown();
  for (const [key, value] of pendingOf(fds.pending)) {
    copied.set(key, value);
    write(to.pending, Buffer.from(key, 'latin1'), value, noExist);
  }
  return {
    processes: copied.size,
    finish() {
      copyKnown();
      let lost = 0;
      for (const [key, value] of pendingOf(fds.pending))
        if (!copied.get(key)?.equals(value) && !renew(key, value)) lost++;
      return lost;
    },
  };

  function copyKnown(): void {
    for (const map of ['actors', 'procs'] as const)
      for (const { key, value } of entriesOf(fds[map], keyBytes[map], valueBytes[map]))
        write(to[map], key, value, noExist);
  }

  /** False when the process has had a signal since. */
  function renew(id: string, value: Buffer): boolean {
    const key = Buffer.from(id, 'latin1');
    const before = copied.get(id);
    if (!before) return write(to.pending, key, value, noExist);
    const now = Buffer.alloc(layout.pending.size);
    // Without an entry it has ended.
    if (libbpf().lookup(to.pending, key, now) < 0) return true;
    return now.equals(before) && write(to.pending, key, value, anyway);
  }
}

/** False when `flags` forbid it for there is one. */
function write(map: number, key: Buffer, value: Buffer, flags: number): boolean {
  if (libbpf().update(map, key, value, flags) >= 0) return true;
  if (lastErrno() === errno.EEXIST) return false;
  throw bpfError('carrying a map over');
}

function* pendingOf(fd: number): Generator<[string, Buffer]> {
  const { victimKey } = layout;
  for (const { key, value } of entriesOf(fd, victimKey.size, olderLayout.pending.size))
    yield [key.toString('latin1'), present(value)];
}

/** coroner_pending of the layouts 2 and 3 in the present one. */
function present(older: Buffer): Buffer {
  const value = Buffer.alloc(layout.pending.size);
  for (let slot = 0; slot < maxima.slots; slot++)
    copySlot(older, slot * olderLayout.signal.size, value, slot * layout.signal.size);
  const evicted = older.readUInt32LE(olderLayout.pending.evicted);
  value.writeUInt32LE(evicted, layout.pending.lost);
  value.writeUInt32LE(evicted > 0 ? 1 : 0, layout.pending.overwritten);
  // When they were overwritten it did not note: it may have been just now.
  if (evicted > 0)
    value.writeBigUInt64LE(BigInt(clockUs('boottime')) * nsPerUs, layout.pending.lostNs);
  older.copy(
    value,
    layout.pending.threads,
    olderLayout.pending.threads,
    olderLayout.pending.threads + 4,
  );
  return value;
}

function copySlot(from: Buffer, fromAt: number, to: Buffer, toAt: number): void {
  const { signal: old } = olderLayout;
  const { signal: now } = layout;
  from.copy(to, toAt, fromAt, fromAt + old.address);
  from.copy(to, toAt + now.address, fromAt + old.address, fromAt + old.size);
  if (from.readUInt8(fromAt + old.result) !== alreadyPending)
    from.copy(to, toAt + now.deliveredNs, fromAt + old.lastNs, fromAt + old.lastNs + 8);
}
