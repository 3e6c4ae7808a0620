import { readPosition } from '../../answer/cursor.ts';
import type { Position } from '../../store/lists/drizzle.ts';
import { ProblemError } from './problem.ts';

/** Where a page begins; null for the first. */
export function positionOf(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const read = readPosition(cursor);
  if (!read) throw wrongCursor();
  return read;
}

export const wrongCursor = (): ProblemError =>
  new ProblemError('bad-request', 'take the cursor from `next` of the page before', {
    field: 'cursor',
  });
