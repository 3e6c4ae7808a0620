import type { ComparedRow } from '@coroner/schema/http/compare';
import type { ComparedCount } from '../../store/fleet/compare-deaths.ts';

export function rowOf({ by, name, count, before }: ComparedCount): ComparedRow {
  return { by, name, count, before, change: count - before, state: stateOf(count, before) };
}

function stateOf(count: number, before: number): ComparedRow['state'] {
  if (count === before) return 'same';
  if (before === 0) return 'new';
  if (count === 0) return 'gone';
  return count > before ? 'more' : 'fewer';
}

/** Where a row stands: all deaths first, then by how much it changed, how many there are, and its name. */
export const placeOf = ({ by, name, count, before }: ComparedCount): string => {
  const rank = (number: number) => String(1e9 - number).padStart(10, '0');
  const change = by === 'all' ? 1e9 : Math.abs(count - before);
  return `${rank(change)}:${rank(count + before)}:${by}:${name}`;
};

/** What changed most first. */
export const inOrder = (counts: readonly ComparedCount[]): ComparedCount[] =>
  counts
    .map((count) => ({ count, place: placeOf(count) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ count }) => count);

/** Names of one kind that died in the later period, most first. */
export function topOf(
  counts: readonly ComparedCount[],
  by: ComparedCount['by'],
  most = Number.POSITIVE_INFINITY,
): { name: string; count: number; before: number }[] {
  return counts
    .filter((each) => each.by === by && each.count > 0)
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name, count, before }) => ({ name, count, before }));
}
