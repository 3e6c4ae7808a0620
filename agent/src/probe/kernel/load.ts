import koffi from 'koffi';
import { bpfError, libbpf } from '../native/libbpf.ts';
import { errno, type Pointer, trimMemory } from '../native/libc.ts';
import {
  activeMapName,
  type MapFds,
  type MapName,
  type MapSizes,
  mapNames,
  optionalPrograms,
  programNames,
} from './names.ts';
import { encodePolicy, generation, generationNumber, objectPath, type Policy } from './object.ts';

const logBytes = 256 * 1024;
const logTailLines = 12;
/** A signal that arrives while the verifier works ends its work. */
const loadAttempts = 4;
/** Offsets in struct bpf_object_open_opts, <bpf/libbpf.h> 1.0. */
const openOptions = { size: 80, kernelLogBuffer: 56, kernelLogSize: 64 } as const;

/** Programs and maps in the kernel, not attached yet. */
export interface LoadedObject {
  maps: MapFds;
  /** Of the map that says which generation records. */
  active: number;
  /** Attaches all programs; the links detach when they are destroyed and not pinned. */
  attach(): Map<string, Pointer>;
  pinMap(name: MapName, path: string): void;
  close(): void;
}

export interface LoadOptions {
  policy: Policy;
  /** Maps in place of new ones. */
  reuse: MapFds | null;
  active: number | null;
  sizes: MapSizes;
}

/**
 * Loads the probe under a policy, without the programs that this kernel cannot have. Takes 0.1 s to
 * 1 s of the kernel's verifier. Throws with the verifier's last lines when the kernel refuses it.
 */
export function loadObject(options: LoadOptions): LoadedObject {
  try {
    return loadWith(options, true);
  } catch {
    // The reason is that of an optional program, or comes again.
    return loadWith(options, false);
  }
}

function loadWith(options: LoadOptions, optional: boolean): LoadedObject {
  for (let attempt = 1; ; attempt++) {
    const object = open(options, optional, attempt < loadAttempts);
    if (object !== null) return loaded(object);
  }
}

/** Null when the kernel was interrupted by a signal and `retry` is wanted. */
function open(
  { policy, reuse, active, sizes }: LoadOptions,
  optional: boolean,
  retry: boolean,
): Pointer | null {
  const api = libbpf();
  const log = Buffer.alloc(logBytes);
  const object = api.objectOpenFile(objectPath, openOptionsWith(log));
  if (object === 0n) throw bpfError(`opening ${objectPath}`);
  try {
    setPolicy(object, policy);
    for (const name of mapNames) {
      const map = findMap(object, name);
      if (reuse) check(`reusing the pinned map ${name}`, api.mapReuseFd(map, reuse[name]));
      else if (name in sizes)
        check(`sizing the map ${name}`, api.mapSetMaxEntries(map, sizes[name as keyof MapSizes]));
    }
    if (active !== null)
      check('reusing the map active', api.mapReuseFd(findMap(object, activeMapName), active));
    if (!optional)
      for (const name of optionalPrograms)
        check(
          `leaving out the program ${name}`,
          api.programSetAutoload(findProgram(object, name), false),
        );
    const result = api.objectLoad(object);
    // libbpf read the kernel's type information, some 15 MB, and has freed it.
    trimMemory();
    if (result >= 0) return object;
    if (result !== -errno.EAGAIN || !retry) throw loadError(result, log);
  } catch (error) {
    api.objectClose(object);
    throw error;
  }
  api.objectClose(object);
  return null;
}

function loaded(object: Pointer): LoadedObject {
  const api = libbpf();
  const descriptor = (name: string): number => api.mapFd(findMap(object, name));
  return {
    maps: Object.fromEntries(mapNames.map((name) => [name, descriptor(name)])) as MapFds,
    active: descriptor(activeMapName),
    attach: () => attachAll(object),
    pinMap: (name, path) =>
      check(`pinning the map ${name} at ${path}`, api.mapPin(findMap(object, name), path)),
    close: () => api.objectClose(object),
  };
}

function openOptionsWith(log: Buffer): Buffer {
  const value = Buffer.alloc(openOptions.size);
  value.writeBigUInt64LE(BigInt(openOptions.size), 0);
  value.writeBigUInt64LE(koffi.address(log), openOptions.kernelLogBuffer);
  value.writeBigUInt64LE(BigInt(log.length), openOptions.kernelLogSize);
  return value;
}

function setPolicy(object: Pointer, policy: Policy): void {
  const value = encodePolicy(policy, generationNumber(generation(policy)));
  const size: [number] = [0];
  const memory = libbpf().mapInitialValue(findMap(object, '.rodata'), size);
  if (memory === 0n || Number(size[0]) !== value.length)
    throw new Error(`${objectPath} has no policy of ${value.length} bytes: rebuild it`);
  value.copy(Buffer.from(koffi.view(memory, value.length)));
}

function findMap(object: Pointer, name: string): Pointer {
  const map = libbpf().findMap(object, name);
  if (map === 0n) throw new Error(`${objectPath} has no map ${name}: rebuild it`);
  return map;
}

function findProgram(object: Pointer, name: string): Pointer {
  const program = libbpf().findProgram(object, name);
  if (program === 0n) throw new Error(`${objectPath} has no program ${name}: rebuild it`);
  return program;
}

function attachAll(object: Pointer): Map<string, Pointer> {
  const api = libbpf();
  const links = new Map<string, Pointer>();
  for (const name of programNames) {
    const link = api.programAttach(findProgram(object, name));
    if (link !== 0n) {
      links.set(name, link);
      continue;
    }
    const error = bpfError(`attaching the probe's program ${name}`);
    if (optionalPrograms.includes(name)) continue;
    for (const made of links.values()) api.linkDestroy(made);
    throw error;
  }
  return links;
}

function loadError(result: number, log: Buffer): Error {
  const text = log.toString('latin1', 0, Math.max(0, log.indexOf(0)));
  const tail = text.trim().split('\n').slice(-logTailLines).join('\n');
  const error = bpfError('loading the probe into the kernel', result);
  return tail === '' ? error : new Error(`${error.message}\nthe kernel's verifier said:\n${tail}`);
}

function check(what: string, result: number): void {
  if (result < 0) throw bpfError(what, result);
}
