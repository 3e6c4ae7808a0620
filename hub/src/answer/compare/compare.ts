import type { ComparedBy, ComparedPage } from '@coroner/schema/http/compare';
import type { Pool } from '../../store/database.ts';
import type { CountFilter } from '../../store/fleet/count-deaths.ts';
import { cursorAfter } from '../cursor.ts';
import { countWatched } from './count-watched.ts';
import { inOrder, placeOf, rowOf } from './order.ts';

export interface Period {
  since: string;
  until: string;
}

export interface Comparison {
  filter: Omit<CountFilter, 'since' | 'until' | 'before' | 'except'>;
  period: Period;
  before: Period;
  /** One kind of names alone. */
  by: ComparedBy | undefined;
  limit: number;
}

/** Two periods, their ends excluded, from behind `place` on. */
export async function comparedPage(
  pool: Pool,
  { filter, period, before, by, limit }: Comparison,
  place: string | null,
): Promise<ComparedPage> {
  const { counts, ...watched } = await countWatched(
    pool,
    countedIn(filter, period),
    countedIn(filter, before),
  );
  const left = inOrder(counts).filter(
    (count) => (!by || count.by === by) && (place === null || placeOf(count) > place),
  );
  const shown = left.slice(0, limit);
  const last = left.length > limit ? shown.at(-1) : undefined;
  // The periods of the first page: "until now" goes on while somebody reads.
  const next = last ? cursorAfter(placeOf(last), period.since, period.until) : null;
  return {
    period: { ...period, watched: watched.now },
    before: { ...before, watched: watched.before },
    items: shown.map(rowOf),
    next,
  };
}

/** Processes that ended well are not counted where nobody asks for them. */
const countedIn = (filter: Comparison['filter'], { since, until }: Period) => ({
  ...filter,
  ...(filter.cause ? {} : { except: ['exit-ok'] as const }),
  since,
  before: until,
});
