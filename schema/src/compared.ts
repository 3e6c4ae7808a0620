import type { ComparedRow } from './http/compare.ts';

/** The counts of a row: `?` where none is known because nobody watched, not because nothing died. */
export function knownCounts({ count, before, state, unwatched }: ComparedRow): {
  now: string;
  before: string;
} {
  const known = (number: number, blind: boolean): string =>
    state !== 'not-known' || !blind ? String(number) : number === 0 ? '?' : `${number} known`;
  return {
    now: known(count, unwatched === 'now' || unwatched === 'both'),
    before: known(before, unwatched === 'before' || unwatched === 'both'),
  };
}
