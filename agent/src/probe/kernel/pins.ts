import { closeSync, mkdirSync, openSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bpfError, libbpf } from '../native/libbpf.ts';
import { closeDescriptor, errno, lastErrno, tryLock } from '../native/libc.ts';
import { layoutVersion } from '../record/layout.ts';
import { bpfFsPath } from './bpf-fs.ts';
import {
  activeMapName,
  type MapFds,
  type MapName,
  mapNames,
  optionalPrograms,
  programNames,
} from './names.ts';

/**
 * What outlives the agent, under /sys/fs/bpf/coroner-<instance>/:
 * `maps-<layout>/<map>`, `links-<generation>/<program>`, the map `active`, and `owner` (owner.ts).
 * While the links are pinned the kernel records into the maps, agent or not.
 */
export interface Pins {
  readonly path: string;
  /** Descriptors of the pinned maps of this layout; null when they are not all there. */
  openMaps(): MapFds | null;
  mapPath(name: string): string;
  /** The map that says which generation records, made when it is not there; the descriptor is the caller's. */
  activeMap(): number;
  hasLinks(generation: string): boolean;
  /** Its optional programs are there too. */
  isWhole(generation: string): boolean;
  /** Makes the folder for the links of a generation, empty. */
  linkPath(generation: string, name: string): string;
  /** What agents of other layouts left; the descriptors are the caller's. */
  olderMaps(): OlderMaps[];
  /** Drops what a failed start left of this layout. */
  dropHalf(generation: string): void;
  /** Ends the recording of all other generations, and drops maps of other layouts. */
  prune(generation: string): void;
  /** The paths of all that was pinned. */
  removeAll(): string[];
  /** Lets another agent have this instance. */
  release(): void;
}

/** Pinned maps of another layout, as far as they are of use. */
export interface OlderMaps {
  readonly version: number;
  readonly fds: Pick<MapFds, NeededMap> & Partial<Pick<MapFds, CountingMap>>;
}

const neededMaps = ['ring', 'actors', 'procs', 'pending'] as const;
const countingMaps = ['misses', 'counters', 'reported'] as const;
type NeededMap = (typeof neededMaps)[number];
type CountingMap = (typeof countingMaps)[number];

const mapsFolderName = /^maps-(\d+)$/;
const neededPrograms = programNames.filter((name) => !optionalPrograms.includes(name));
const arrayMap = 2;
const bytes = { key: 4, generation: 8 } as const;

export const pinFolder = (instance: string): string =>
  join(bpfFsPath, `coroner-${instance.replace(/[^A-Za-z0-9_-]/g, '_')}`);

/** Takes the instance for this process; throws when another one has it. */
export function openPins(instance: string): Pins {
  const path = pinFolder(instance);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const pins = lockPins(path);
  if (pins === null)
    throw new Error(
      `another agent is recording as instance "${instance}" (${path}); stop it, or choose another instance`,
    );
  return pins;
}

/** The same of a folder that is there; null when another process has it. */
export function lockPins(path: string): Pins | null {
  const mapsFolder = join(path, `maps-${layoutVersion}`);
  const lock = openSync(path, 'r');
  if (!tryLock(lock)) {
    closeSync(lock);
    return null;
  }
  const folders = (): string[] =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );

  return {
    path,
    mapPath: (name) => join(makeFolder(mapsFolder), name),
    openMaps: () => openMaps(mapsFolder, mapNames),
    activeMap: () => openMap(join(path, activeMapName)) ?? makeActiveMap(join(path, activeMapName)),
    hasLinks: (generation) => hasAll(generation, neededPrograms),
    isWhole: (generation) => hasAll(generation, programNames),
    linkPath: (generation, name) => join(makeFolder(join(path, `links-${generation}`)), name),
    olderMaps: () =>
      folders().flatMap((folder) => {
        const version = Number(mapsFolderName.exec(folder)?.[1] ?? layoutVersion);
        if (version === layoutVersion) return [];
        const needed = openMaps(join(path, folder), neededMaps);
        const counting = needed && openMaps(join(path, folder), countingMaps);
        return needed ? [{ version, fds: { ...needed, ...counting } }] : [];
      }),
    dropHalf: (generation) => {
      for (const folder of [`links-${generation}`, `maps-${layoutVersion}`])
        if (folders().includes(folder)) removeFolder(join(path, folder));
    },
    prune: (generation) => {
      for (const folder of folders())
        if (folder !== `maps-${layoutVersion}` && folder !== `links-${generation}`)
          removeFolder(join(path, folder));
    },
    removeAll: () => {
      const inFolders = folders()
        .sort()
        .flatMap((folder) => removeFolder(join(path, folder)));
      const files = readdirSync(path).map((name) => join(path, name));
      for (const file of files) unlinkSync(file);
      return [...inFolders, ...files];
    },
    release: () => {
      closeSync(lock);
      removeIfEmpty(path);
    },
  };

  function hasAll(generation: string, programs: readonly string[]): boolean {
    const folder = `links-${generation}`;
    if (!folders().includes(folder)) return false;
    const names = readdirSync(join(path, folder));
    return programs.every((name) => names.includes(name));
  }
}

/** A start that failed before it pinned anything leaves nothing. */
function removeIfEmpty(path: string): void {
  if (readdirSync(path).length === 0) rmdirSync(path);
}

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function removeFolder(path: string): string[] {
  const files = readdirSync(path).map((name) => join(path, name));
  for (const file of files) unlinkSync(file);
  rmdirSync(path);
  return files;
}

function makeActiveMap(path: string): number {
  const fd = libbpf().mapCreate(arrayMap, activeMapName, bytes.key, bytes.generation, 1);
  if (fd < 0) throw bpfError('making the map active', fd);
  const result = libbpf().objPin(fd, path);
  if (result >= 0) return fd;
  const error = bpfError(`pinning the map active at ${path}`, result);
  closeDescriptor(fd);
  throw error;
}

/** Null when nothing is pinned there. */
export function openMap(path: string): number | null {
  const fd = libbpf().objGet(path);
  if (fd >= 0) return fd;
  if (lastErrno() === errno.ENOENT) return null;
  throw bpfError(`opening the pinned map ${path}`);
}

function openMaps<Name extends MapName>(
  folder: string,
  names: readonly Name[],
): Pick<MapFds, Name> | null {
  const opened: [string, number][] = [];
  try {
    for (const name of names) {
      const fd = openMap(join(folder, name));
      if (fd === null) break;
      opened.push([name, fd]);
    }
    if (opened.length === names.length) return Object.fromEntries(opened) as Pick<MapFds, Name>;
  } catch (error) {
    closeAll(opened);
    throw error;
  }
  closeAll(opened);
  return null;
}

function closeAll(opened: readonly [string, number][]): void {
  for (const [, fd] of opened) closeDescriptor(fd);
}
