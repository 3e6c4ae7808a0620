import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Transform } from 'node:stream';
import zlib from 'node:zlib';
import { gently } from './gently.ts';

/** Of output that one read gives; bounds the work of one turn. */
export const chunkBytes = 64 * 1024;

/** Node 22 has zstd, Node 20 has not. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

interface Compression {
  readonly magic: Buffer | null;
  readonly extension: string;
  readonly inNode: (() => Transform) | undefined;
  readonly program: readonly string[];
  readonly debianPackage: string;
}

const programFolders = ['/usr/bin', '/bin', '/usr/local/bin'];
const chunkSize = chunkBytes;
const memoryLimit = '--memlimit-decompress=128MiB';
const compressions: readonly Compression[] = [
  {
    magic: Buffer.from([0x1f, 0x8b]),
    extension: '.gz',
    inNode: () => zlib.createGunzip({ chunkSize }),
    program: ['gzip', '-dc'],
    debianPackage: 'gzip',
  },
  {
    magic: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]),
    extension: '.xz',
    inNode: undefined,
    program: ['xz', '-dc', memoryLimit],
    debianPackage: 'xz-utils',
  },
  {
    magic: Buffer.from('BZh'),
    extension: '.bz2',
    inNode: undefined,
    program: ['bzip2', '-dc'],
    debianPackage: 'bzip2',
  },
  {
    magic: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
    extension: '.zst',
    inNode: createZstdDecompress,
    program: ['zstd', '-dcq', '--memory=128MB'],
    debianPackage: 'zstd',
  },
  {
    magic: null,
    extension: '.br',
    inNode: () => zlib.createBrotliDecompress({ chunkSize }),
    program: ['brotli', '-dc'],
    debianPackage: 'brotli',
  },
  {
    magic: null,
    extension: '.lzma',
    inNode: undefined,
    program: ['xz', '-dc', memoryLimit],
    debianPackage: 'xz-utils',
  },
  {
    magic: Buffer.from([0x1f, 0x9d]),
    extension: '.Z',
    inNode: undefined,
    program: ['gzip', '-dc'],
    debianPackage: 'gzip',
  },
];

/** How a file is compressed, by its first bytes, else by its name; null when it is not. */
export function compressionOf(path: string, head: Buffer): Compression | null {
  const byMagic = compressions.find(({ magic }) => magic && head.indexOf(magic) === 0);
  return (
    byMagic ??
    compressions.find(({ magic, extension }) => !magic && path.endsWith(extension)) ??
    null
  );
}

/**
 * The bytes of `input` uncompressed, piece by piece, as far as they go: then throws when they are
 * damaged or torn, or when the program that this compression needs is not installed.
 */
export async function* decompressed(
  compression: Compression,
  input: Readable,
): AsyncGenerator<Buffer> {
  const { inNode } = compression;
  if (!inNode) {
    yield* byProgram(compression, input);
    return;
  }
  const output = inNode();
  input.once('error', (error) => output.destroy(error));
  input.pipe(output);
  try {
    yield* output as AsyncIterable<Buffer>;
  } finally {
    input.destroy();
    output.destroy();
  }
}

async function* byProgram(
  { program: [name = '', ...options], debianPackage }: Compression,
  input: Readable,
): AsyncGenerator<Buffer> {
  const program = programPath(name);
  if (program === null) {
    input.destroy();
    throw new Error(`${name} is not installed: apt-get install ${debianPackage}`);
  }
  const child = spawn(program, options, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-200);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', (error) => {
      said = error.message;
    });
  });
  gently(child.pid);
  // It may end before it has read everything.
  child.stdin.on('error', () => undefined);
  input.once('error', () => child.kill('SIGKILL'));
  input.pipe(child.stdin);
  let wasLeft = true;
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    wasLeft = false;
  } finally {
    input.destroy();
    if (wasLeft) child.kill('SIGKILL');
    await ended;
  }
  if (child.exitCode !== 0) throw new Error(`${name}: ${said.trim() || 'it failed'}`);
}

function programPath(name: string): string | null {
  return (
    programFolders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
  );
}
