import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Piece } from '../plan/piece.ts';
import { bytesOf } from './file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-bytes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function aPiece(name: string, content: Buffer, facts: Partial<Piece> = {}): Piece {
  const path = join(folder, name);
  writeFileSync(path, content);
  return {
    format: 'log',
    path,
    ino: statSync(path).ino,
    bytes: content.length,
    changedAt: new Date().toISOString(),
    isLive: false,
    offset: 0,
    events: 0,
    state: 'waiting',
    why: null,
    ...facts,
  };
}

async function read(piece: Piece, from: number, byLines = true): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytesOf(piece, from, byLines)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

const lines = fc.array(fc.stringMatching(/^[a-z]{0,9}$/), { minLength: 1, maxLength: 12 });

it('begins and ends with whole lines, wherever it is told to, compressed or not', async () => {
  await fc.assert(
    fc.asyncProperty(lines, fc.nat(80), fc.nat(80), fc.boolean(), async (words, at, to, zip) => {
      const text = `${words.join('\n')}\n`;
      const from = Math.min(at, text.length);
      const end = Math.max(from, Math.min(to, text.length));
      const whole = Buffer.from(text);
      const piece = zip
        ? aPiece('log.gz', gzipSync(whole))
        : aPiece('log', whole, { isLive: true, bytes: end });
      const start = from === 0 ? 0 : text.indexOf('\n', from - 1) + 1;
      const got = await read(piece, from);
      expect(text.slice(start).startsWith(got)).toBe(true);
      expect(got === '' || got.endsWith('\n')).toBe(true);
      if (zip) expect(got).toBe(text.slice(start));
      // All lines that begin before the end of what is the past.
      else expect(start + got.length).toBeGreaterThanOrEqual(Math.min(end, text.length));
    }),
    { numRuns: 300 },
  );
});

it('gives records up to where they were, not a byte more', async () => {
  const piece = aPiece('wtmp', Buffer.from('recordsmore'), { isLive: true, bytes: 7 });
  expect(await read(piece, 0, false)).toBe('records');
});

it('finds a file that was renamed, and says when it is gone', async () => {
  const piece = aPiece('log.1', Buffer.from('a\n'));
  expect(await read({ ...piece, path: join(folder, 'log.7') }, 0)).toBe('a\n');
  rmSync(piece.path);
  await expect(read(piece, 0)).rejects.toThrow(/is gone/);
});

it('says which program is missing or what is damaged, after what could be read', async () => {
  const zipped = gzipSync(Buffer.alloc(300_000, 'line\n')).subarray(0, 300);
  await expect(read(aPiece('torn.gz', zipped), 0)).rejects.toThrow(/unexpected end/);
});
