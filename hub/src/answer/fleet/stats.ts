import type { Cause } from '@coroner/schema/cause';
import { type Bucket, bucketSeconds, type Stats } from '@coroner/schema/http/stats';
import type { Pool } from '../../store/database.ts';
import { type CountFilter, countByTime, rank } from '../../store/fleet/count-deaths.ts';

export interface StatsQuery {
  filter: CountFilter & { until: string };
  bucket: Bucket | undefined;
  /** Length of the ranked lists. */
  top: number;
}

/** A picture has room for about so many. */
const usualBuckets = 200;
export const mostBuckets = 5_000;
const msPerSecond = 1_000;

/** How many buckets the span has, at least 1. */
export function bucketsIn(since: string, until: string, bucket: Bucket): number {
  const ms = Date.parse(until) - Date.parse(since);
  return Math.max(1, Math.ceil(ms / (bucketSeconds[bucket] * msPerSecond)) + 1);
}

/** The finest that does not cut the span into too many. */
export function fittingBucket(since: string, until: string): Bucket {
  const all = Object.keys(bucketSeconds) as Bucket[];
  return all.find((bucket) => bucketsIn(since, until, bucket) <= usualBuckets) ?? 'week';
}

export async function stats(pool: Pool, { filter, bucket, top }: StatsQuery): Promise<Stats> {
  const { since, until } = filter;
  const width = bucket ?? fittingBucket(since, until);
  const [counts, victims, hosts, users] = await Promise.all([
    countByTime(pool, filter, bucketSeconds[width]),
    rank(pool, 'victims', filter, top),
    rank(pool, 'hosts', filter, top),
    rank(pool, 'users', filter, top),
  ]);
  const byCause = new Map<Cause, number>();
  for (const { cause, count } of counts) byCause.set(cause, (byCause.get(cause) ?? 0) + count);
  return {
    since,
    until,
    bucket: width,
    total: [...byCause.values()].reduce((sum, count) => sum + count, 0),
    causes: [...byCause]
      .map(([cause, count]) => ({ cause, count }))
      .sort((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1)),
    victims,
    hosts,
    users,
    buckets: filled(counts, since, until, bucketSeconds[width]),
  };
}

/** Weeks begin on a Monday, as the database lays them. */
const mondayMs = Date.UTC(1970, 0, 5);

function filled(
  counts: Awaited<ReturnType<typeof countByTime>>,
  since: string,
  until: string,
  seconds: number,
): Stats['buckets'] {
  const widthMs = seconds * msPerSecond;
  const firstMs = mondayMs + Math.floor((Date.parse(since) - mondayMs) / widthMs) * widthMs;
  const buckets = new Map<number, Stats['buckets'][number]>();
  for (let atMs = firstMs; atMs <= Date.parse(until); atMs += widthMs)
    buckets.set(atMs, { at: new Date(atMs).toISOString(), count: 0, causes: {} });
  for (const { at, cause, count } of counts) {
    const bucket = buckets.get(Date.parse(at));
    if (!bucket) continue;
    bucket.count += count;
    bucket.causes[cause] = count;
  }
  return [...buckets.values()];
}
