import type { Cause } from '@coroner/schema/cause';
import { deaths } from '@coroner/schema/tables/deaths';
import { and, asc, count, desc, isNotNull, notInArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Pool } from '../database.ts';
import { builder, equals, namedOneOf, ofUser, since, until } from '../lists/drizzle.ts';

export interface CountFilter {
  host?: string | undefined;
  names?: readonly string[] | undefined;
  cause?: Cause | undefined;
  user?: string | undefined;
  /** Causes that are not counted. */
  except?: readonly Cause[] | undefined;
  since: string;
  until?: string | undefined;
  /** The end, where it is excluded. */
  before?: string | undefined;
}

/** `at` is where a bucket begins: buckets are laid from 1970 on, weeks from a Monday. */
export interface CauseCount {
  at: string;
  cause: Cause;
  count: number;
}

export const conditionOf = (filter: CountFilter): SQL | undefined =>
  and(
    equals(deaths.host, filter.host),
    equals(deaths.cause, filter.cause),
    filter.names && namedOneOf(filter.names),
    filter.user === undefined ? undefined : ofUser(filter.user),
    since(deaths.diedAt, filter.since),
    until(deaths.diedAt, filter.until),
    filter.before === undefined ? undefined : sql`${deaths.diedAt} < ${filter.before}::timestamptz`,
    filter.except && notInArray(deaths.cause, [...filter.except]),
  );

/** Deaths by bucket and cause; buckets without any are not there. */
export function countByTime(
  pool: Pool,
  filter: CountFilter,
  bucketSeconds: number,
): Promise<CauseCount[]> {
  const bucket = sql<string>`to_char(date_bin(make_interval(secs => ${bucketSeconds}::integer),
    ${deaths.diedAt}, '1970-01-05'::timestamptz) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  return builder(pool)
    .select({ at: bucket.as('bucket'), cause: deaths.cause, count: count() })
    .from(deaths)
    .where(conditionOf(filter))
    .groupBy(sql`bucket`, deaths.cause)
    .orderBy(sql`bucket`, deaths.cause);
}

const columns = {
  victims: deaths.comm,
  hosts: deaths.host,
  users: deaths.actorUser,
} as const satisfies Record<string, PgColumn>;

type Ranked = keyof typeof columns;

/** The most frequent victims, hosts, or users who did it. */
export async function rank(
  pool: Pool,
  what: Ranked,
  filter: CountFilter,
  most: number,
): Promise<{ name: string; count: number }[]> {
  const column: PgColumn = columns[what];
  const rows = await builder(pool)
    .select({ name: sql<string>`${column}`, count: count() })
    .from(deaths)
    .where(and(conditionOf(filter), isNotNull(column)))
    .groupBy(column)
    .orderBy(desc(count()), asc(column))
    .limit(most);
  return rows;
}
