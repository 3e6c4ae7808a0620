import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type OpenFile, openFile } from './open-file.ts';
import type { Position, Positions } from './positions.ts';
import type { Taker } from './taker.ts';

/** A writer goes on in the renamed file until it is told to open the new one. */
const afterRotationMs = 30_000;

export interface FollowOptions {
  readonly path: string;
  readonly positions: Positions;
  readonly newTaker: () => Taker;
  /** What was written while nobody read is gone. */
  readonly onLost: (path: string, reason: string) => void;
}

export interface FollowedFile {
  /** Reads what came; true when there may be more. */
  look(): boolean;
  close(): void;
}

/**
 * One file by its path, over rename, truncation and restarts of the agent. A file without a position
 * is read from its end when it is there at the start, from its beginning when it appears later.
 */
export function followFile(options: FollowOptions): FollowedFile {
  const { path, positions, newTaker } = options;
  let current: OpenFile | null = begin();
  let old: { file: OpenFile; untilMs: number }[] = [];

  return {
    look() {
      let more = false;
      for (const { file } of old) more = file.read() || more;
      old = old.filter(({ file, untilMs }) => {
        if (Date.now() < untilMs) return true;
        file.finish();
        return false;
      });
      more = current?.read() || more;
      const ino = statSync(path, { throwIfNoEntry: false })?.ino ?? null;
      if (ino !== null && ino !== current?.ino) {
        if (current) old.push({ file: current, untilMs: Date.now() + afterRotationMs });
        current = openFile(path, 'start', newTaker)?.file ?? null;
        more = current?.read() || more;
      }
      remember();
      return more;
    },
    close() {
      remember();
      for (const { file } of old) file.close();
      current?.close();
    },
  };

  function remember(): void {
    if (current) positions.set(path, current.position());
  }

  function begin(): OpenFile | null {
    const left = positions.get(path);
    const found = openFile(path, left ?? 'end', newTaker);
    if (left && (!found || found.lost)) readRotated(left);
    if (!found) return null;
    positions.set(path, found.file.position());
    return found.file;
  }

  /** The rest of the file that was left, under the name that it has now. */
  function readRotated(left: Position): void {
    const rotated = siblings(path).find(
      (one) => statSync(one, { throwIfNoEntry: false })?.ino === left.ino,
    );
    const found = rotated === undefined ? null : openFile(rotated, left, newTaker);
    if (!found || found.lost) {
      options.onLost(path, 'it was rotated away or truncated while the agent did not run');
      found?.file.close();
      return;
    }
    while (found.file.read());
    found.file.finish();
  }
}

function siblings(path: string): string[] {
  const folder = dirname(path);
  const name = basename(path);
  try {
    return readdirSync(folder)
      .filter((one) => one.startsWith(name) && one !== name)
      .map((one) => join(folder, one));
  } catch {
    // The folder is gone with all that was in it.
    return [];
  }
}
