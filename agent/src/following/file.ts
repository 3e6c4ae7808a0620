import { statSync } from 'node:fs';
import { type Cut, isCopy, type OpenFile, openFile } from './open-file.ts';
import type { Position, Positions } from './positions.ts';
import { isCompressed, rotationsOf } from './rotated.ts';
import type { Taker } from './taker.ts';

/** A writer goes on in the renamed file until it is told to open the new one. */
const afterRotationMs = 30_000;
/** Times of files lag behind the clock by so much at most. */
const tickMs = 20;

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
        if (performance.now() < untilMs) return true;
        file.finish();
        return false;
      });
      more = current?.read() || more;
      const ino = statSync(path, { throwIfNoEntry: false })?.ino ?? null;
      if (ino !== null && ino !== current?.ino) {
        if (current) old.push({ file: current, untilMs: performance.now() + afterRotationMs });
        current = openFile(path, 'start', newTaker, onTruncated)?.file ?? null;
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
    const found = openFile(path, left ?? 'end', newTaker, onTruncated);
    if (left && (!found || found.lost)) readRotated(left);
    if (!found) return null;
    positions.set(path, found.file.position());
    return found.file;
  }

  /**
   * The rest of the file that was left, under the name that it has now, and those that came and went
   * after it.
   */
  function readRotated(left: Position): void {
    const rotated = rotationsIn(path);
    const hasIt = (one: string) => isCopy(one, { ...left, tail: null });
    const own =
      // The number of a file that is gone is used again.
      rotated.find((one) => one.ino === left.ino && (left.offset === 0 || hasIt(one.path))) ??
      rotated.find((one) => hasIt(one.path));
    if (!own || !readWhole(own.path, { ...left, ino: own.ino }))
      options.onLost(path, 'it was rotated away or truncated while the agent did not run');
    const sinceMs = own?.mtimeMs ?? (left.atMs ?? Number.POSITIVE_INFINITY) - tickMs;
    for (const { path: later, mtimeMs } of rotated) {
      if (later === own?.path || mtimeMs < sinceMs) continue;
      if (!readWhole(later, 'start'))
        options.onLost(path, `${later} was written and rotated away while the agent did not run`);
    }
  }

  /** False when the position is not in there, or it cannot be read as it is. */
  function readWhole(from: string, at: Position | 'start'): boolean {
    const found = isCompressed(from) ? null : openFile(from, at, newTaker);
    if (!found || found.lost) {
      found?.file.close();
      return false;
    }
    while (found.file.read());
    found.file.finish();
    return true;
  }

  /** logrotate's copytruncate: what was written since the last look stands in the copy. */
  function onTruncated(cut: Cut, taker: Taker): void {
    const copy = rotationsIn(path).findLast((one) => isCopy(one.path, cut));
    if (!copy) {
      options.onLost(path, 'it was truncated, with what was written since the last look');
      return;
    }
    const rest = openFile(copy.path, { ...cut, ino: copy.ino }, () => taker);
    while (rest?.file.read());
    rest?.file.close();
  }
}

/** What became of earlier files of that path, the oldest first. */
function rotationsIn(path: string): { path: string; ino: number; mtimeMs: number }[] {
  return rotationsOf(path)
    .filter((one) => one !== path)
    .flatMap((one) => {
      const stat = statSync(one, { throwIfNoEntry: false });
      return stat?.isFile() ? [{ path: one, ino: stat.ino, mtimeMs: stat.mtimeMs }] : [];
    })
    .sort((a, b) => a.mtimeMs - b.mtimeMs);
}
