import { plainName } from './spellings.ts';

/**
 * Edits (insertion, deletion, replacement, exchange of two neighbours) from `a` to `b`, counted up
 * to `limit` + 1: the optimal string alignment distance.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(
        (current[column - 1] ?? 0) + 1,
        (last[column] ?? 0) + 1,
        (last[column - 1] ?? 0) + same,
      );
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && swapped)
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? limit + 1;
}

const lettersForEachEdit = 3;
const mostEdits = 3;

/** How many typing errors a name of this length may have and still be meant. */
export function allowedEdits(name: string): number {
  return Math.min(mostEdits, Math.max(1, Math.floor(name.length / lettersForEachEdit)));
}

/** The known names that somebody who typed `name` may have meant, the nearest first, at most `most`. */
export function nearestNames(name: string, known: readonly string[], most: number): string[] {
  const typed = name.toLowerCase();
  const limit = allowedEdits(name);
  return known
    .map((candidate) => ({
      candidate,
      distance: editDistance(typed, plainName(candidate).toLowerCase(), limit),
    }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
