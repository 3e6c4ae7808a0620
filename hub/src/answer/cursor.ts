import type { Position } from '../store/lists/drizzle.ts';

/** Opaque to callers: what a page ended with, in base64url. */
export function cursorAfter(...parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor; null when it is none of ours. */
export function readCursor(cursor: string, parts: number): string[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const ours =
      Array.isArray(value) && value.length === parts && value.every((part) => isPart(part));
    return ours ? value : null;
  } catch {
    // No JSON: somebody else's cursor.
    return null;
  }
}

/** A position in time; null when the cursor is none of ours. */
export function readPosition(cursor: string): Position | null {
  const [at, id] = readCursor(cursor, 2) ?? [];
  if (
    at === undefined ||
    id === undefined ||
    !/^(?:19[7-9]\d|2[01]\d\d)-\d\d-\d\dT[\d:.]+Z$/.test(at)
  )
    return null;
  return Number.isNaN(Date.parse(at)) ? null : { at, id };
}

/** The cursor of the next page; null when this one was not full. */
export function nextCursor<Row>(
  rows: readonly Row[],
  limit: number,
  position: (row: Row) => readonly string[],
): string | null {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return last ? cursorAfter(...position(last)) : null;
}

const isPart = (part: unknown): boolean => typeof part === 'string' && !part.includes('\0');
