import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

const readSizeBytes = 256 * 1024;
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** A file of evidence that is open for reading. */
export interface OpenFile {
  readonly bytes: AsyncIterable<Buffer>;
  /** When the file was last written; null for a stream. */
  readonly changedAt: Date | null;
}

/**
 * Opens `file` (`-` is standard input), gunzipped where its first bytes say gzip. Rejects with a
 * message that names the file when it is missing, a directory, or not readable.
 */
export async function openFile(file: string): Promise<OpenFile> {
  if (file === '-') return { bytes: await gunzipped(process.stdin), changedAt: null };
  const handle = await opened(file);
  const stat = await handle.stat();
  if (stat.isDirectory()) {
    await handle.close();
    throw new Error(`${file} is a directory: name a file in it`);
  }
  const stream = createReadStream('', { fd: handle, highWaterMark: readSizeBytes });
  return { bytes: await gunzipped(stream), changedAt: stat.isFile() ? stat.mtime : null };
}

async function opened(file: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Error(`${file}: no such file`);
    if (code === 'EACCES') throw new Error(`${file}: permission denied: read it as root`);
    throw new Error(`${file}: cannot be opened: ${(error as Error).message}`);
  }
}

async function gunzipped(stream: NodeJS.ReadableStream): Promise<AsyncIterable<Buffer>> {
  const { head, all } = await beginning(stream as AsyncIterable<Buffer>, gzipMagic.length);
  return head.subarray(0, gzipMagic.length).equals(gzipMagic) ? gunzip(all) : all;
}

/** The first bytes of `input`, at least `size` where it has as many, and the whole of it. */
export async function beginning(
  input: AsyncIterable<Buffer>,
  size: number,
): Promise<{ head: Buffer; all: AsyncIterable<Buffer> }> {
  const chunks = input[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let held = 0;
  while (held < size) {
    const next = await chunks.next();
    if (next.done) break;
    first.push(next.value);
    held += next.value.length;
  }
  const head = Buffer.concat(first);
  return { head, all: chain(head, chunks) };
}

async function* chain(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** A torn or corrupt gzip file gives what can be read of it, as a torn log does. */
async function* gunzip(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createGunzip({ chunkSize: readSizeBytes });
  const feeding = feed(input, inflate);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
    await feeding;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'Z_BUF_ERROR' && code !== 'Z_DATA_ERROR') throw error;
    process.stderr.write(`coroner-agent: the gzip data is damaged: read up to the damage\n`);
  }
}

async function feed(input: AsyncIterable<Buffer>, sink: NodeJS.WritableStream): Promise<void> {
  for await (const chunk of input) {
    if (!sink.writable) return;
    if (!sink.write(chunk)) await new Promise((resolve) => sink.once('drain', resolve));
  }
  sink.end();
}

const nuls = Buffer.alloc(readSizeBytes);

/** How many NULs `bytes` begins with; those that are nothing else, as in the hole of a file, are compared at once. */
export function leadingNuls(bytes: Buffer): number {
  if (bytes.length <= nuls.length && bytes.equals(nuls.subarray(0, bytes.length)))
    return bytes.length;
  let at = 0;
  while (bytes[at] === 0) at += 1;
  return at;
}
