import type { ComparedRow, ComparedState } from '@coroner/schema/http/compare';
import type { ComparedCount } from '../../store/fleet/compare-deaths.ts';

export function rowOf(counted: ComparedCount): ComparedRow {
  const { by, name, count, before } = counted;
  const change = count - before;
  return { by, name, count, before, change, state: stateOf(counted), unwatched: blind(counted) };
}

/** Nothing new where nobody watched before, and nothing gone where nobody watches now. */
export function stateOf(counted: ComparedCount): ComparedState {
  const { count, before, rise, fall, blindNow, blindBefore } = counted;
  if (count > before && rise > 0 && (fall <= 0 || !blindBefore))
    return before === 0 ? 'new' : 'more';
  if (count < before && fall > 0 && (rise <= 0 || !blindNow)) return count === 0 ? 'gone' : 'fewer';
  return count === before && !blindNow && !blindBefore ? 'same' : 'not-known';
}

function blind({ blindNow, blindBefore }: ComparedCount): ComparedRow['unwatched'] {
  if (blindNow) return blindBefore ? 'both' : 'now';
  return blindBefore ? 'before' : null;
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
): { name: string; count: number; before: number; state: ComparedState }[] {
  return counts
    .filter((each) => each.by === by && each.count > 0)
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map((each) => {
      const { name, count, before } = each;
      return { name, count, before, state: stateOf(each) };
    });
}
