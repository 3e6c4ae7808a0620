import { bpfError, libbpf } from '../native/libbpf.ts';
import { closeDescriptor, type Pointer } from '../native/libc.ts';
import { ensureBpfFs } from './bpf-fs.ts';
import { type LoadedObject, loadObject } from './load.ts';
import { type MapFds, type MapSizes, mapNames, programNames } from './names.ts';
import { generation, type Policy } from './object.ts';
import { type OlderMaps, openPins, type Pins } from './pins.ts';

/** The probe at work in the kernel. */
export interface Recorder {
  maps: MapFds;
  /** Records of an earlier agent wait in the maps. */
  resumed: boolean;
  /** What agents of other layouts recorded and nobody read. */
  older: OlderMaps[];
  /** Frees everything here; with `keepRecording` the kernel goes on, if it is pinned. */
  close(keepRecording: boolean): void;
}

export interface RecorderOptions {
  policy: Policy;
  /** Of new maps; those that an earlier agent left keep theirs. */
  sizes: MapSizes;
  /** Name of the pins; null to record only while this process lives. */
  instance: string | null;
}

/**
 * Starts recording, or takes over what an earlier agent of the same instance left recording. A
 * changed object or policy replaces the programs and keeps the maps: new ones are attached before
 * the old ones go, and the map `ended` sees to it that no death is told twice.
 */
export function startRecorder(options: RecorderOptions): Recorder {
  const { instance, policy, sizes } = options;
  if (instance === null || ensureBpfFs() !== null) {
    const object = loadObject(policy, null, sizes);
    return privateRecorder(object, attach(object));
  }
  const pins = openPins(instance);
  try {
    return pinnedRecorder(pins, policy, sizes);
  } catch (error) {
    pins.release();
    throw error;
  }
}

function privateRecorder(object: LoadedObject, links: Pointer[]): Recorder {
  return {
    maps: object.maps,
    resumed: false,
    older: [],
    close: () => {
      for (const link of links) libbpf().linkDestroy(link);
      object.close();
    },
  };
}

function pinnedRecorder(pins: Pins, policy: Policy, sizes: MapSizes): Recorder {
  const own = generation(policy);
  const left = pins.openMaps();
  let loaded: Recorder | null = null;
  if (!left || !pins.hasLinks(own)) {
    if (!left) pins.dropHalf(own);
    const object = loadObject(policy, left, sizes);
    loaded = privateRecorder(object, attachPinned(object, pins, own, left === null));
  }
  // Both record for a moment: an end that both tell has the same id.
  const older = pins.olderMaps();
  pins.prune(own);
  return {
    maps: left ?? (loaded as Recorder).maps,
    resumed: left !== null,
    older,
    close: (keepRecording) => {
      if (!keepRecording) pins.removeAll();
      loaded?.close(keepRecording);
      for (const { fds } of older) for (const fd of Object.values(fds)) closeDescriptor(fd);
      if (left) for (const name of mapNames) closeDescriptor(left[name]);
      pins.release();
    },
  };
}

function attach(object: LoadedObject): Pointer[] {
  try {
    return object.attach();
  } catch (error) {
    object.close();
    throw error;
  }
}

function attachPinned(object: LoadedObject, pins: Pins, own: string, withMaps: boolean): Pointer[] {
  if (withMaps) for (const name of mapNames) object.pinMap(name, pins.mapPath(name));
  const links = attach(object);
  for (const [index, name] of programNames.entries()) {
    const path = pins.linkPath(own, name);
    const result = libbpf().linkPin(links[index] as Pointer, path);
    if (result < 0) throw bpfError(`pinning the program ${name} at ${path}`, result);
  }
  return links;
}
