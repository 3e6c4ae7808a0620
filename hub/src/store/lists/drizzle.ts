import { deaths } from '@coroner/schema/tables/deaths';
import { and, type Column, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool } from '../database.ts';

/** The pool for drizzle's query builder. */
export const builder = (pool: Pool) => drizzle({ client: pool });

/** Where a page ended: the time and the id of its last row. */
export interface Position {
  at: string;
  id: string;
}

/** Rows after `position` in the order of time descending, id descending. */
export function after(time: Column, id: Column, position: Position | null): SQL | undefined {
  if (!position) return undefined;
  const at = sql`${position.at}::timestamptz`;
  return or(lt(time, at), and(eq(time, at), lt(id, position.id)));
}

/** Rows after `position` in the order of time ascending, id ascending. */
export function afterAscending(
  time: Column,
  id: Column,
  position: Position | null,
): SQL | undefined {
  if (!position) return undefined;
  const at = sql`${position.at}::timestamptz`;
  return or(gt(time, at), and(eq(time, at), gt(id, position.id)));
}

/** Deaths that can be asked for by one of these exact names. */
export const namedOneOf = (names: readonly string[]): SQL | undefined =>
  or(
    inArray(deaths.comm, [...names]),
    inArray(deaths.exeName, [...names]),
    inArray(deaths.argv0, [...names]),
    inArray(deaths.argv0Name, [...names]),
    inArray(deaths.unit, [...names]),
  );

/** Deaths of this user's processes, and deaths that this user caused. */
export const ofUser = (user: string): SQL | undefined =>
  or(eq(deaths.userName, user), eq(deaths.actorUser, user));

export const since = (time: Column, from: string | undefined): SQL | undefined =>
  from === undefined ? undefined : sql`${time} >= ${from}::timestamptz`;

export const until = (time: Column, to: string | undefined): SQL | undefined =>
  to === undefined ? undefined : sql`${time} <= ${to}::timestamptz`;

export const equals = <Value>(column: Column, value: Value | undefined): SQL | undefined =>
  value === undefined ? undefined : eq(column, value);
