import { basename, dirname } from 'node:path';
import { type FollowedFile, followFile } from './file.ts';
import { watchFolders } from './folders.ts';
import { openPositions } from './positions.ts';
import type { Taker } from './taker.ts';

/** What is written is read at once, but in a burst not oftener than this. */
const burstMs = 100;
/** Should no wake-up come (a folder that appears later, a file system without inotify). */
const safetyMs = 10_000;

export interface FilesOptions {
  readonly paths: readonly string[];
  /** Where the positions are kept over restarts; null = nowhere. */
  readonly positionsPath: string | null;
  newTaker(path: string): Taker;
  onLost(path: string, reason: string): void;
  /** After all that was there has been read. */
  onQuiet?(): void;
}

/** Follows files, woken by inotify. */
export function followFiles(options: FilesOptions): { stop(): void } {
  const positions = openPositions(options.positionsPath);
  const followed = new Map<string, FollowedFile>();
  for (const path of options.paths)
    followed.set(
      path,
      followFile({
        path,
        positions,
        newTaker: () => options.newTaker(path),
        onLost: options.onLost,
      }),
    );
  let resting: NodeJS.Timeout | null = null;
  let wokenAgain = false;
  let again: NodeJS.Immediate | null = null;
  const names = options.paths.map((path) => basename(path));
  const folders = watchFolders(
    [...new Set(options.paths.map((path) => dirname(path)))],
    (_, name) => {
      // syslog.1 may still be written when syslog is a new file.
      if (name === null || names.some((followedName) => name.startsWith(followedName))) wake();
    },
  );
  const safety = setInterval(() => {
    folders.retry();
    look();
    save();
  }, safetyMs);
  look();

  return {
    stop() {
      clearInterval(safety);
      if (resting) clearTimeout(resting);
      if (again) clearImmediate(again);
      folders.stop();
      for (const file of followed.values()) file.close();
      followed.clear();
      save();
    },
  };

  function save(): void {
    try {
      positions.save();
    } catch {
      // A full disk: after a restart more is read again, and equal events have equal ids.
    }
  }

  function wake(): void {
    if (resting) {
      wokenAgain = true;
      return;
    }
    resting = setTimeout(() => {
      resting = null;
      if (wokenAgain) wake();
    }, burstMs);
    wokenAgain = false;
    look();
  }

  function look(): void {
    again = null;
    let more = false;
    for (const [path, file] of followed) {
      try {
        more = file.look() || more;
      } catch (error) {
        followed.delete(path);
        options.onLost(path, `it cannot be read any more: ${(error as Error).message}`);
      }
    }
    if (more) again ??= setImmediate(look);
    else options.onQuiet?.();
  }
}
