import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Position } from './positions.ts';
import type { Taker } from './taker.ts';

const chunkBytes = 64 * 1024;
/** Read in one turn of the event loop; a long backlog does not hold up the other sources. */
const chunksAtOnce = 16;
/** By so many bytes at a place a file is known again. */
const markBytes = 64;

const buffer = Buffer.allocUnsafe(chunkBytes);

/** A file that is being followed, by its descriptor: it stays readable when it is renamed or removed. */
export interface OpenFile {
  readonly ino: number;
  /** Reads on; true when there may be more. */
  read(): boolean;
  position(): Position;
  /** Nothing more comes: a line without its end is given as it is. */
  finish(): void;
  close(): void;
}

/** Where reading was when a file was truncated in place. */
export interface Cut {
  readonly offset: number;
  /** As in a position. */
  readonly head: string;
  /** The bytes before `offset` as hex, at most 64; null where they are not known any more. */
  readonly tail: string | null;
}

/** Gives the taker what was written between the last look and the truncation, where that is still there. */
export type OnTruncated = (cut: Cut, taker: Taker) => void;

/**
 * Opens a file at the position where it was left, else at its end or its start; `lost` says that a
 * position was given and is not in this file. Null when there is no such file.
 */
export function openFile(
  path: string,
  at: Position | 'start' | 'end',
  newTaker: () => Taker,
  onTruncated: OnTruncated = () => undefined,
): { file: OpenFile; lost: boolean } | null {
  const fd = opened(path);
  if (fd === null) return null;
  const { ino, size } = fstatSync(fd);
  const isLeft = typeof at === 'object';
  const lost = isLeft && !(at.ino === ino && at.offset <= size && headOf(fd).startsWith(at.head));
  let taker = newTaker();
  let offset = isLeft ? (lost ? 0 : at.offset) : at === 'end' ? size : 0;
  let head = headOf(fd);
  let pending = 0;
  let tail = tailBefore(fd, offset);

  return { file: { ino, read, position, finish, close }, lost };

  function read(): boolean {
    const { size: newSize } = fstatSync(fd as number);
    if (newSize === offset) return false;
    // Truncated in place, perhaps written again beyond where we were (copytruncate).
    const newHead = headOf(fd as number);
    if (newSize < offset || !newHead.startsWith(head)) {
      if (offset > 0) onTruncated({ offset, head, tail }, taker);
      taker.end();
      taker = newTaker();
      offset = 0;
      tail = '';
      pending = 0;
    }
    head = newHead;
    for (let chunk = 0; chunk < chunksAtOnce; chunk += 1) {
      const bytes = readSync(fd as number, buffer, 0, chunkBytes, offset);
      if (bytes === 0) return false;
      offset += bytes;
      tail = (tail + buffer.toString('hex', Math.max(0, bytes - markBytes), bytes)).slice(
        -2 * markBytes,
      );
      pending = taker.push(buffer.subarray(0, bytes));
    }
    return true;
  }

  function position(): Position {
    const used = offset - pending;
    return { ino, offset: used, head: head.slice(0, Math.min(used, markBytes) * 2) };
  }

  function finish(): void {
    taker.end();
    close();
  }

  function close(): void {
    closeSync(fd as number);
  }
}

function opened(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    // Not there (between a rename and the next line), or not ours to read: the status says which.
    return null;
  }
}

const headOf = (fd: number): string => marked(fd, 0, markBytes);

const tailBefore = (fd: number, offset: number): string =>
  marked(fd, Math.max(0, offset - markBytes), Math.min(offset, markBytes));

function marked(fd: number, at: number, length: number): string {
  const bytes = Buffer.alloc(length);
  return bytes.toString('hex', 0, readSync(fd, bytes, 0, length, at));
}

/** Whether another file has what stood before the cut, and so is a copy of what was there. */
export function isCopy(path: string, { offset, head, tail }: Cut): boolean {
  const fd = opened(path);
  if (fd === null) return false;
  try {
    return (
      offset > 0 &&
      fstatSync(fd).size >= offset &&
      headOf(fd).startsWith(head) &&
      (tail === null || tailBefore(fd, offset) === tail)
    );
  } finally {
    closeSync(fd);
  }
}
