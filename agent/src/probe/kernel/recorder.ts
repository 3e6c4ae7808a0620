import { resolve } from 'node:path';
import { prepareRoom } from '../maps/room.ts';
import { bpfError, libbpf } from '../native/libbpf.ts';
import { closeDescriptor, type Pointer } from '../native/libc.ts';
import { ensureBpfFs } from './bpf-fs.ts';
import { carryOver } from './carry-over.ts';
import { type LoadedObject, loadObject } from './load.ts';
import { type MapFds, type MapSizes, mapNames, optionalPrograms } from './names.ts';
import { generation, generationNumber, type Policy } from './object.ts';
import { noteOwner } from './owner.ts';
import { type OlderMaps, openPins, type Pins } from './pins.ts';

/** The probe at work in the kernel. */
export interface Recorder {
  maps: MapFds;
  /** What agents of other layouts recorded and nobody read. */
  older: OlderMaps[];
  /** Processes whose pending signals could not be carried over from another layout. */
  leftBehind: number;
  /** This kernel cannot have one of the optional programs. */
  isPartial: boolean;
  /** Frees everything here; with `keepRecording` the kernel goes on, if it is pinned. */
  close(keepRecording: boolean): void;
}

export interface RecorderOptions {
  policy: Policy;
  /** Of new maps; those that an earlier agent left keep theirs. */
  sizes: MapSizes;
  /** Name of the pins; null to record only while this process lives. */
  instance: string | null;
  /** Whose pins they are: when it is gone, so may they be. */
  stateDir: string | null;
}

/**
 * Starts recording, or takes over what an earlier agent of the same instance left recording. A
 * changed object or policy replaces the programs and keeps the maps. New programs are attached
 * before the old ones go; the map `active` sees to it that one of both records.
 */
export function startRecorder(options: RecorderOptions): Recorder {
  const { instance, policy, sizes, stateDir } = options;
  if (instance === null || ensureBpfFs() !== null) {
    const object = loadObject({ policy, reuse: null, active: null, sizes });
    setActive(object.active, generation(policy));
    prepareRoom(object.maps, 0);
    return privateRecorder(object, attach(object));
  }
  const pins = openPins(instance);
  try {
    if (stateDir !== null) noteOwner(pins, resolve(stateDir));
    return pinnedRecorder(pins, policy, sizes);
  } catch (error) {
    pins.release();
    throw error;
  }
}

function privateRecorder(object: LoadedObject, links: ReadonlyMap<string, Pointer>): Recorder {
  return {
    maps: object.maps,
    older: [],
    leftBehind: 0,
    isPartial: optionalPrograms.some((name) => !links.has(name)),
    close: () => {
      for (const link of links.values()) libbpf().linkDestroy(link);
      object.close();
    },
  };
}

function pinnedRecorder(pins: Pins, policy: Policy, sizes: MapSizes): Recorder {
  const own = generation(policy);
  const active = pins.activeMap();
  const left = pins.openMaps();
  const older = pins.olderMaps();
  let object: LoadedObject | null = null;
  if (!left || !pins.hasLinks(own)) {
    if (!left) pins.dropHalf(own);
    object = loadObject({ policy, reuse: left, active, sizes });
  }
  const maps = left ?? (object as LoadedObject).maps;
  const carried = older.map((from) => carryOver(from, maps));
  if (!left) prepareRoom(maps, sum(carried.map(({ processes }) => processes)));
  const loaded = object && privateRecorder(object, attachPinned(object, pins, own, !left));
  setActive(active, own);
  closeDescriptor(active);
  pins.prune(own);
  return {
    maps,
    older,
    leftBehind: sum(carried.map(({ finish }) => finish())),
    isPartial: !pins.isWhole(own),
    close: (keepRecording) => {
      if (!keepRecording) pins.removeAll();
      loaded?.close(keepRecording);
      for (const { fds } of older) for (const fd of Object.values(fds)) closeDescriptor(fd);
      if (left) for (const name of mapNames) closeDescriptor(left[name]);
      pins.release();
    },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const only = Buffer.alloc(4);

function setActive(map: number, own: string): void {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE(generationNumber(own));
  const result = libbpf().update(map, only, value, 0);
  if (result < 0) throw bpfError('writing the map active', result);
}

function attach(object: LoadedObject): ReadonlyMap<string, Pointer> {
  try {
    return object.attach();
  } catch (error) {
    object.close();
    throw error;
  }
}

function attachPinned(
  object: LoadedObject,
  pins: Pins,
  own: string,
  withMaps: boolean,
): ReadonlyMap<string, Pointer> {
  if (withMaps) for (const name of mapNames) object.pinMap(name, pins.mapPath(name));
  const links = attach(object);
  for (const [name, link] of links) {
    const path = pins.linkPath(own, name);
    const result = libbpf().linkPin(link, path);
    if (result < 0) throw bpfError(`pinning the program ${name} at ${path}`, result);
  }
  return links;
}
