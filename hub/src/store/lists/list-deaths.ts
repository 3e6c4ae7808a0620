import type { DeathRow } from '@coroner/schema/http/pages';
import type { ListQuery } from '@coroner/schema/http/queries';
import { deaths, type StoredAnswer } from '@coroner/schema/tables/deaths';
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Pool } from '../database.ts';
import { byNames, byUser, newestFoundBy } from './deaths-found-by.ts';
import {
  after,
  builder,
  equals,
  namedOneOf,
  ofUser,
  type Position,
  since,
  until,
} from './drizzle.ts';

const columns = {
  answer: deaths.answer,
  cause: deaths.cause,
  confidence: deaths.confidence,
  summary: deaths.summary,
  incidentId: deaths.incidentId,
  diedAt: deaths.diedAt,
};

export type DeathListFilter = Omit<ListQuery, 'cursor' | 'process'> & {
  incident?: string | undefined;
  /** Deaths of this incident are left out. */
  otherThanIncident?: string | undefined;
};

/** Deaths, newest first, from `position` on. `names` are the exact names that `process` may mean. */
export async function listDeaths(
  pool: Pool,
  query: DeathListFilter,
  names: readonly string[] | null,
  position: Position | null,
): Promise<DeathRow[]> {
  const { user, limit } = query;
  const condition = and(
    equals(deaths.host, query.host),
    equals(deaths.cause, query.cause),
    user === undefined || names === null ? undefined : ofUser(user),
    equals(deaths.incidentId, query.incident),
    query.otherThanIncident === undefined
      ? undefined
      : sql`${deaths.incidentId} is distinct from ${query.otherThanIncident}`,
    since(deaths.diedAt, query.since),
    until(deaths.diedAt, query.until),
    after(deaths.diedAt, deaths.id, position),
  );
  const asked = names ? byNames(names) : user === undefined ? null : byUser(user);
  const rows = await builder(pool)
    .select(columns)
    .from(deaths)
    .where(asked ? newestFoundBy(asked, condition, limit) : condition)
    .orderBy(desc(deaths.diedAt), desc(deaths.id))
    .limit(limit);
  return rows.map(rowOf);
}

/** The first deaths of an incident, oldest first by the hub's clock. */
export async function deathsOfIncident(
  pool: Pool,
  incidentId: string,
  most: number,
): Promise<DeathRow[]> {
  const rows = await builder(pool)
    .select(columns)
    .from(deaths)
    .where(equals(deaths.incidentId, incidentId))
    .orderBy(sql`coalesce(${deaths.happenedAt}, ${deaths.diedAt})`, asc(deaths.id))
    .limit(most);
  return rows.map(rowOf);
}

/** The first death of an incident that nobody had announced; null when all were. */
export async function firstUnexpected(pool: Pool, incidentId: string): Promise<string | null> {
  const [row] = await builder(pool)
    .select({ id: deaths.id })
    .from(deaths)
    .where(and(eq(deaths.incidentId, incidentId), sql`${deaths.answer} -> 'expected' is null`))
    .orderBy(sql`coalesce(${deaths.happenedAt}, ${deaths.diedAt})`, asc(deaths.id))
    .limit(1);
  return row?.id ?? null;
}

export type DeathFacts = Pick<DeathListFilter, 'host' | 'cause' | 'user'> & {
  /** Exact names of which it may have one. */
  names?: readonly string[] | undefined;
};

/** The deaths with these ids that `facts` fit, oldest first. */
export async function deathsById(
  pool: Pool,
  ids: readonly string[],
  { host, cause, user, names }: DeathFacts = {},
): Promise<DeathRow[]> {
  const rows = await builder(pool)
    .select(columns)
    .from(deaths)
    .where(
      and(
        inArray(deaths.id, [...ids]),
        equals(deaths.host, host),
        equals(deaths.cause, cause),
        names && namedOneOf(names),
        user === undefined ? undefined : ofUser(user),
      ),
    )
    .orderBy(deaths.diedAt, deaths.id);
  return rows.map(rowOf);
}

function rowOf({ answer, ...row }: Selected): DeathRow {
  const { death, expected } = answer;
  return { ...death, ...row, ...(expected ? { expected } : {}) };
}

type Selected = Pick<DeathRow, 'cause' | 'confidence' | 'summary' | 'incidentId' | 'diedAt'> & {
  answer: StoredAnswer;
};
