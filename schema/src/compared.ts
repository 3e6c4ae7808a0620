import type { ComparedRow, WatchedTime } from './http/compare.ts';

/** Whether a period was watched on all hosts: then every count of it is known. */
export const wasWatched = ({ hosts, throughout }: WatchedTime): boolean =>
  hosts > 0 && throughout === hosts;

/** What cannot be said of all hosts where one of the periods was not watched. */
export const claimsOfWatching = {
  before: 'what is new, or more than before',
  period: 'what is gone, or fewer than before',
} as const;

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
