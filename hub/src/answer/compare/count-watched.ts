import { wasWatched } from '@coroner/schema/compared';
import type { WatchedTime } from '@coroner/schema/http/compare';
import type { Pool } from '../../store/database.ts';
import { type ComparedCount, compareDeaths } from '../../store/fleet/compare-deaths.ts';
import type { CountFilter } from '../../store/fleet/count-deaths.ts';
import { holesIn, watchedSpells } from '../../store/hosts/watched-spells.ts';
import { isThroughout, sharesOf, type Watching, watchedTime } from './watched.ts';

/** A period whose end is excluded. */
type Bounded = CountFilter & { before: string };

/** Deaths of two periods, and how much of each was watched. */
export async function countWatched(
  pool: Pool,
  now: Bounded,
  before: Bounded,
): Promise<{ counts: ComparedCount[]; now: WatchedTime; before: WatchedTime }> {
  const [later, earlier] = await Promise.all([watching(pool, now), watching(pool, before)]);
  const shares = sharesOf(later, earlier);
  const watched = shares.map((share) => ({
    host: share.host,
    now: isThroughout(share.now),
    before: isThroughout(share.before),
  }));
  const counts = await compareDeaths(pool, now, before, watched);
  const known = new Set(shares.map(({ host }) => host));
  const others = counts.filter(({ by, name }) => by === 'host' && !known.has(name)).length;
  const time = {
    now: watchedTime(shares, 'now', others),
    before: watchedTime(shares, 'before', others),
  };
  return {
    counts: counts.map((count) => (count.by === 'all' ? ofAll(count, time) : count)),
    ...time,
  };
}

/** All deaths are those of hosts too that nothing is known of. */
function ofAll(
  count: ComparedCount,
  { now, before }: { now: WatchedTime; before: WatchedTime },
): ComparedCount {
  return { ...count, blindNow: !wasWatched(now), blindBefore: !wasWatched(before) };
}

async function watching(pool: Pool, { host, since, before }: Bounded): Promise<Watching> {
  const span = { since, until: before };
  const [spells, holes] = await Promise.all([
    watchedSpells(pool, host, span),
    holesIn(pool, host, span),
  ]);
  return { sinceMs: Date.parse(since), untilMs: Date.parse(before), spells, holes };
}
