import { closeSync, mkdirSync, openSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bpfError, libbpf } from '../native/libbpf.ts';
import { closeDescriptor, errno, lastErrno, tryLock } from '../native/libc.ts';
import { layoutVersion } from '../record/layout.ts';
import { bpfFsPath } from './bpf-fs.ts';
import { type MapFds, mapNames, programNames } from './names.ts';

/**
 * What outlives the agent, under /sys/fs/bpf/coroner-<instance>/:
 * `maps-<layout>/<map>` and `links-<generation>/<program>`. While the links are pinned the kernel
 * records into the maps, agent or not.
 */
export interface Pins {
  readonly path: string;
  /** Descriptors of the pinned maps of this layout; null when they are not all there. */
  openMaps(): MapFds | null;
  mapPath(name: string): string;
  hasLinks(generation: string): boolean;
  /** Makes the folder for the links of a generation, empty. */
  linkPath(generation: string, name: string): string;
  /** What agents of other layouts left; the descriptors are the caller's. */
  olderMaps(): OlderMaps[];
  /** Drops what a failed start left of this layout. */
  dropHalf(generation: string): void;
  /** Ends the recording of all other generations, and drops maps of other layouts. */
  prune(generation: string): void;
  removeAll(): void;
  /** Lets another agent have this instance. */
  release(): void;
}

/** Pinned maps of another layout, as far as they are of use. */
export interface OlderMaps {
  readonly version: number;
  readonly fds: Pick<MapFds, (typeof olderNames)[number]>;
}

const olderNames = ['ring', 'actors', 'procs'] as const;
const mapsFolderName = /^maps-(\d+)$/;

/** Takes the instance for this process; throws when another one has it. */
export function openPins(instance: string): Pins {
  const path = join(bpfFsPath, `coroner-${instance.replace(/[^A-Za-z0-9_-]/g, '_')}`);
  const mapsFolder = `maps-${layoutVersion}`;
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = openSync(path, 'r');
  if (!tryLock(lock)) {
    closeSync(lock);
    throw new Error(
      `another agent is recording as instance "${instance}" (${path}); stop it, or choose another instance`,
    );
  }
  const folders = () => readdirSync(path);

  return {
    path,
    mapPath: (name) => join(makeFolder(join(path, mapsFolder)), name),
    openMaps: () => openMaps(join(path, mapsFolder), mapNames),
    hasLinks: (generation) => {
      const folder = `links-${generation}`;
      if (!folders().includes(folder)) return false;
      const names = readdirSync(join(path, folder));
      return programNames.every((name) => names.includes(name));
    },
    linkPath: (generation, name) => join(makeFolder(join(path, `links-${generation}`)), name),
    olderMaps: () =>
      folders().flatMap((folder) => {
        const version = Number(mapsFolderName.exec(folder)?.[1] ?? layoutVersion);
        if (version === layoutVersion) return [];
        const fds = openMaps(join(path, folder), olderNames);
        return fds ? [{ version, fds }] : [];
      }),
    dropHalf: (generation) => {
      for (const folder of [`links-${generation}`, mapsFolder])
        if (folders().includes(folder)) removeFolder(join(path, folder));
    },
    prune: (generation) => {
      for (const folder of folders())
        if (folder !== mapsFolder && folder !== `links-${generation}`)
          removeFolder(join(path, folder));
    },
    removeAll: () => {
      for (const folder of folders().sort()) removeFolder(join(path, folder));
    },
    release: () => {
      closeSync(lock);
      removeIfEmpty(path);
    },
  };
}

/** A start that failed before it pinned anything leaves nothing. */
function removeIfEmpty(path: string): void {
  if (readdirSync(path).length === 0) rmdirSync(path);
}

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function removeFolder(path: string): void {
  for (const name of readdirSync(path)) unlinkSync(join(path, name));
  rmdirSync(path);
}

function openMaps<Name extends keyof MapFds>(
  folder: string,
  names: readonly Name[],
): Pick<MapFds, Name> | null {
  const opened: [string, number][] = [];
  for (const name of names) {
    const fd = libbpf().objGet(join(folder, name));
    if (fd >= 0) {
      opened.push([name, fd]);
      continue;
    }
    const missing = lastErrno() === errno.ENOENT;
    const failure = missing ? null : bpfError(`opening the pinned map ${join(folder, name)}`);
    for (const [, fd] of opened) closeDescriptor(fd);
    if (failure) throw failure;
    return null;
  }
  return Object.fromEntries(opened) as Pick<MapFds, Name>;
}
