import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Position } from './positions.ts';
import type { Taker } from './taker.ts';

const chunkBytes = 64 * 1024;
/** Read in one turn of the event loop; a long backlog does not hold up the other sources. */
const chunksAtOnce = 16;
const headBytes = 64;

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

/**
 * Opens a file at the position where it was left, else at its end or its start; `lost` says that a
 * position was given and is not in this file. Null when there is no such file.
 */
export function openFile(
  path: string,
  at: Position | 'start' | 'end',
  newTaker: () => Taker,
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

  return { file: { ino, read, position, finish, close }, lost };

  function read(): boolean {
    const { size: newSize } = fstatSync(fd as number);
    if (newSize === offset) return false;
    // Truncated in place, perhaps written again beyond where we were (copytruncate).
    const newHead = headOf(fd as number);
    if (newSize < offset || !newHead.startsWith(head)) {
      taker.end();
      taker = newTaker();
      offset = 0;
      pending = 0;
    }
    head = newHead;
    for (let chunk = 0; chunk < chunksAtOnce; chunk += 1) {
      const bytes = readSync(fd as number, buffer, 0, chunkBytes, offset);
      if (bytes === 0) return false;
      offset += bytes;
      pending = taker.push(buffer.subarray(0, bytes));
    }
    return true;
  }

  function position(): Position {
    const used = offset - pending;
    return { ino, offset: used, head: head.slice(0, Math.min(used, headBytes) * 2) };
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

function headOf(fd: number): string {
  const head = Buffer.alloc(headBytes);
  return head.toString('hex', 0, readSync(fd, head, 0, headBytes, 0));
}
