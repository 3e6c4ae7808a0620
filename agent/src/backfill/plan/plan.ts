import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { rotationsOf } from '../../following/rotated.ts';
import { formats, type Piece } from './piece.ts';
import { coredumpFolder, files, pstoreFolders } from './places.ts';

export interface PlanOptions {
  /** Folder that stands for `/`. */
  readonly root: string;
  /** Nothing older is read, and nothing newer: it is the live sources'. */
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly hasJournal: boolean;
}

/** What this host remembers, the newest first within each format. */
export function plan({ root, sinceMs, untilMs, hasJournal }: PlanOptions): Piece[] {
  const at = (path: string): string => join(root, path);
  const whole = (format: Piece['format'], path: string): Piece => ({
    ...fresh,
    format,
    path,
    ino: null,
    bytes: 0,
    changedAt: new Date(untilMs).toISOString(),
    isLive: true,
    offset: format === 'journal' ? sinceMs : 0,
  });
  const found = [
    ...(hasJournal ? [whole('journal', 'the journal')] : []),
    ...(isFilled(at(coredumpFolder)) ? [whole('coredumps', at(coredumpFolder))] : []),
    ...pstoreFolders.flatMap((path) => (isFilled(at(path)) ? [whole('pstore', at(path))] : [])),
    ...files.flatMap(({ format, paths }) =>
      paths.flatMap((path) => filesOf(format, at(path), sinceMs)),
    ),
  ];
  const place = (piece: Piece): number => formats.indexOf(piece.format);
  return found.sort((a, b) => place(a) - place(b) || (a.changedAt < b.changedAt ? 1 : -1));
}

const fresh = { offset: 0, events: 0, state: 'waiting', why: null } as const;

function filesOf(format: Piece['format'], live: string, sinceMs: number): Piece[] {
  return rotationsOf(live).flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size === 0 || stat.mtimeMs < sinceMs) return [];
    const { ino, size: bytes, mtime } = stat;
    const changedAt = mtime.toISOString();
    return [{ ...fresh, format, path, ino, bytes, changedAt, isLive: path === live }];
  });
}

function isFilled(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    // This host has no such folder.
    return false;
  }
}
