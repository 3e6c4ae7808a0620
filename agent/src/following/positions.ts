import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** How far a file was read, and by what it is known again. */
export interface Position {
  readonly ino: number;
  /** Of the first byte that was not used up. */
  readonly offset: number;
  /** The first bytes of the file as hex: an inode number is used again. */
  readonly head: string;
  /** When it got there, ms since 1970; positions of earlier versions do not tell. */
  readonly atMs?: number;
}

export interface Positions {
  get(path: string): Position | null;
  set(path: string, position: Position): void;
  /** Writes what changed. */
  save(): void;
}

const Stored = z.record(
  z.string(),
  z.object({
    ino: z.number(),
    offset: z.number().nonnegative(),
    head: z.string(),
    atMs: z.number().exactOptional(),
  }),
);

/** The positions that the last run left in `file`; null = they are kept nowhere. */
export function openPositions(file: string | null): Positions {
  const positions = new Map<string, Position>(file === null ? [] : stored(file));
  let changed = false;
  return {
    get: (path) => positions.get(path) ?? null,
    set(path, position) {
      const { ino, offset, head } = position;
      const known = positions.get(path);
      if (known?.ino === ino && known.offset === offset && known.head === head) return;
      positions.set(path, { ino, offset, head, atMs: Date.now() });
      changed = true;
    },
    save() {
      if (file === null || !changed) return;
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(positions)), { mode: 0o600 });
      renameSync(`${file}.new`, file);
      changed = false;
    },
  };
}

function stored(file: string): [string, Position][] {
  try {
    return Object.entries(Stored.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch {
    // The first start, or a damaged file: reading begins at the end, as on a host that is new.
    return [];
  }
}
