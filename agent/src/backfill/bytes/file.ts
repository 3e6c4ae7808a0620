import { createReadStream, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Piece } from '../plan/piece.ts';
import { chunkBytes, compressionOf, decompressed } from './decompress.ts';

const headBytes = 6;
const newline = 0x0a;
/** Of a file that nobody rotates, this much of its end is read. */
const mostBytes = 512 * 1024 * 1024;

/** The file was compressed or removed since it was found; what became of it is found anew. */
export class GoneError extends Error {}

/**
 * The bytes of a piece from `from` on, uncompressed, up to where the live source goes on. Of lines
 * (`byLines`) the first that is torn by `from` is left out, and the last is given whole.
 */
export async function* bytesOf(
  piece: Piece,
  from: number,
  byLines: boolean,
): AsyncGenerator<Buffer> {
  const handle = await opened(piece);
  const head = Buffer.alloc(headBytes);
  const { bytesRead } = await handle.read(head, 0, headBytes, 0);
  const compression = compressionOf(piece.path, head.subarray(0, bytesRead));
  // The byte before tells whether a line begins at `from`.
  const start = byLines && from > 0 ? from - 1 : from;
  const stream = createReadStream('', {
    fd: handle,
    start: compression ? 0 : start,
    highWaterMark: chunkBytes,
  });
  const bytes = compression
    ? skipped(decompressed(compression, stream), start)
    : (stream as AsyncIterable<Buffer>);
  const whole = byLines && from > 0 ? fromNextLine(bytes) : bytes;
  const most = piece.isLive && !compression ? piece.bytes - from : mostBytes;
  yield* upTo(whole, most, byLines);
}

/** Where to begin in a file of lines that is read for the first time. */
export function firstOffset({ path, bytes, format }: Piece): number {
  if (format !== 'log' && format !== 'audit') return 0;
  return /\.(?:gz|bz2|xz|zst|lzma|br|Z)$/.test(path) ? 0 : Math.max(0, bytes - mostBytes);
}

async function opened({ path, ino }: Piece): Promise<FileHandle> {
  for (const name of [path, ...sameInode(path, ino)]) {
    const handle = await open(name).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw new Error(
        error.code === 'EACCES' ? 'permission denied: run the agent as root' : error.message,
      );
    });
    if (!handle) continue;
    if ((await handle.stat()).ino === ino) return handle;
    await handle.close();
  }
  throw new GoneError(`${path} is gone`);
}

function sameInode(path: string, ino: number | null): string[] {
  try {
    return readdirSync(dirname(path))
      .map((name) => join(dirname(path), name))
      .filter((name) => statSync(name, { throwIfNoEntry: false })?.ino === ino);
  } catch {
    // The folder went with it.
    return [];
  }
}

async function* skipped(input: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of input) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

async function* fromNextLine(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let found = false;
  for await (const chunk of input) {
    if (found) {
      yield chunk;
      continue;
    }
    const at = chunk.indexOf(newline);
    found = at >= 0;
    if (found) yield chunk.subarray(at + 1);
  }
}

/** So many bytes, and with `byLines` the rest of the line in which they end. */
async function* upTo(
  input: AsyncIterable<Buffer>,
  most: number,
  byLines: boolean,
): AsyncGenerator<Buffer> {
  let left = most;
  let last = newline;
  for await (const chunk of input) {
    if (left === 0 && (!byLines || last === newline)) return;
    if (chunk.length <= left) {
      yield chunk;
      left -= chunk.length;
      last = chunk[chunk.length - 1] ?? last;
      continue;
    }
    const end = byLines ? chunk.indexOf(newline, Math.max(0, left - 1)) + 1 : left;
    yield end > 0 ? chunk.subarray(0, end) : chunk;
    if (end > 0) return;
    left = 0;
    last = 0;
  }
}
