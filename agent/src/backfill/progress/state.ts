import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Piece } from '../plan/piece.ts';

/** What was to be read of the past, fixed at the first start, and how far that has come. */
export const History = z.object({
  startedAt: z.string(),
  /** Null until all of it is done. */
  finishedAt: z.string().nullable(),
  days: z.number(),
  /** The boot of the first start: ids of events depend on it, also when a later boot reads on. */
  bootId: z.string(),
  bootedAt: z.string(),
  pieces: z.array(Piece),
});
export type History = z.infer<typeof History>;

/** What an earlier start left in `path`; null when none did. Throws when the file is damaged. */
export function loadHistory(path: string): History | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return History.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} is damaged; remove it, and the next start reads the past again`);
  }
}

/** Replaces the file as a whole: a kill leaves the old one or the new one. */
export function saveHistory(path: string, history: History): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, JSON.stringify(history), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
