import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MapName, mapNames } from '../kernel/names.ts';
import { entriesOf } from '../maps/entries.ts';
import { openRing } from '../maps/ring.ts';
import { libbpf } from '../native/libbpf.ts';
import { closeDescriptor } from '../native/libc.ts';
import { layout, layoutVersion, maxima, recordKind } from '../record/layout.ts';
import { olderLayout } from '../record/older-layouts.ts';

const olderVersion = 3;
const only = Buffer.alloc(4);
const outbox = { bytes: 8 + 4096, record: 8 } as const;
const olderMaps = [
  ...(['ring', 'pending', 'actors', 'procs', 'ended', 'misses', 'counters', 'reported'] as const),
];

/**
 * Makes of what a killed agent left under `pins` what one of layout 3 would have left: its maps with
 * the same content, the last death of `pid` in its ring, and no program. `folder` is for the compiler.
 */
export function makeOlder(pins: string, pid: number, folder: string): void {
  const api = libbpf();
  const object = join(folder, 'older.o');
  const source = fileURLToPath(new URL('./fixtures/older.bpf.c', import.meta.url));
  execFileSync('clang', ['-target', 'bpf', '-mcpu=v2', '-O2', '-g', '-c', source, '-o', object]);
  const loaded = api.objectOpenFile(object, null);
  if (loaded === 0n || api.objectLoad(loaded) < 0) throw new Error('older.bpf.c does not load');
  const older = (name: string): number => api.mapFd(api.findMap(loaded, name));
  const maps = join(pins, `maps-${layoutVersion}`);
  const present = Object.fromEntries(
    mapNames.map((name) => [name, api.objGet(join(maps, name))]),
  ) as Record<MapName, number>;
  copy(present.actors, older('actors'), layout.key.size, layout.actor.size);
  copy(present.procs, older('procs'), 4, layout.proc.size);
  for (const { key, value } of entriesOf(
    present.pending,
    layout.victimKey.size,
    layout.pending.size,
  ))
    api.update(older('pending'), key, withOlderSlots(value, olderLayout.pending.size, 0, 0), 0);
  const link = api.programAttach(api.findProgram(loaded, 'send'));
  const box = Buffer.alloc(outbox.bytes);
  const record = olderDeath(deathOf(present.ring, pid));
  box.writeUInt32LE(record.length);
  record.copy(box, outbox.record);
  api.update(older('outbox'), only, box, 0);
  execFileSync('true');
  api.linkDestroy(link);
  for (const name of readdirSync(pins).filter((entry) => /^(maps|links)-/.test(entry))) {
    for (const file of readdirSync(join(pins, name))) unlinkSync(join(pins, name, file));
    rmdirSync(join(pins, name));
  }
  mkdirSync(join(pins, `maps-${olderVersion}`));
  for (const name of olderMaps)
    api.mapPin(api.findMap(loaded, name), join(pins, `maps-${olderVersion}`, name));
  api.objectClose(loaded);
  for (const fd of Object.values(present)) closeDescriptor(fd);
}

function copy(from: number, to: number, keyBytes: number, valueBytes: number): void {
  for (const { key, value } of entriesOf(from, keyBytes, valueBytes))
    libbpf().update(to, key, value, 0);
}

function deathOf(fd: number, pid: number): Buffer {
  const deaths: Buffer[] = [];
  const ring = openRing(fd);
  ring.drain((record) => {
    const isDeath = record.readUInt32LE(layout.head.kind) === recordKind.death;
    if (isDeath && record.readUInt32LE(layout.death.process + layout.key.tgid) === pid)
      deaths.push(Buffer.from(record));
  }, Number.MAX_SAFE_INTEGER);
  ring.close();
  return deaths.at(-1) as Buffer;
}

/** What is behind the slots: 24 bytes to `cpuLimitS` and 16 to `exitCall`, without what is new. */
function olderDeath(present: Buffer): Buffer {
  const { death } = olderLayout;
  const size = death.tail + present.length - layout.death.tail;
  const older = withOlderSlots(present, size, layout.death.slots, death.slots);
  present.copy(older, 0, 0, layout.death.slots);
  present.copy(older, death.maxrssPages, layout.death.maxrssPages, layout.death.rtLimitUs);
  present.copy(older, death.exitCode, layout.death.exitCode, layout.death.rtTicks);
  present.copy(older, death.oomScoreAdj, layout.death.oomScoreAdj, layout.death.exec);
  present.copy(older, death.tail, layout.death.tail);
  return older;
}

function withOlderSlots(present: Buffer, size: number, presentAt: number, olderAt: number): Buffer {
  const older = Buffer.alloc(size);
  for (let slot = 0; slot < maxima.slots; slot++) {
    const from = presentAt + slot * layout.signal.size;
    const to = olderAt + slot * olderLayout.signal.size;
    present.copy(older, to, from, from + layout.signal.deliveredNs);
    const rest = from + layout.signal.address;
    present.copy(older, to + olderLayout.signal.address, rest, from + layout.signal.size);
  }
  return older;
}
