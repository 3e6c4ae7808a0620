import type { IncidentStatus } from '@coroner/schema/http/actions';
import type { BlastRadius, IncidentRow, Victims } from '@coroner/schema/http/incidents';
import { deaths } from '@coroner/schema/tables/deaths';
import { incidentActions, incidentStates } from '@coroner/schema/tables/incident-actions';
import { incidents } from '@coroner/schema/tables/incidents';
import {
  and,
  arrayContains,
  count,
  desc,
  eq,
  exists,
  inArray,
  isNull,
  type SQL,
  sql,
} from 'drizzle-orm';
import { type ActionRow, actionOf } from '../actions/actions.ts';
import { untouched } from '../actions/states.ts';
import type { Pool } from '../database.ts';
import { byNames, byUser, incidentsFoundBy } from './deaths-found-by.ts';
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
  id: incidents.id,
  title: incidents.title,
  cause: incidents.cause,
  firstAt: incidents.firstAt,
  lastAt: incidents.lastAt,
  deaths: incidents.deaths,
  hosts: incidents.hosts,
  revision: incidents.revision,
  deathId: incidents.deathId,
  mergedInto: incidents.mergedInto,
  withdrawn: incidents.withdrawn,
  action: {
    id: incidentActions.id,
    kind: incidentActions.kind,
    status: incidentActions.status,
    name: incidentActions.name,
    slackUser: incidentActions.slackUser,
    token: incidentActions.token,
    at: incidentActions.at,
    note: incidentActions.note,
    until: incidentActions.untilAt,
  },
};

const mostVictims = 20;
const mostHit = 200;

export interface IncidentFacts {
  host?: string | undefined;
  cause?: IncidentRow['cause'] | undefined;
  /** Names that one of its victims may have. */
  names?: readonly string[] | undefined;
  /** Whose process died, or who did it. */
  user?: string | undefined;
  state?: IncidentStatus | undefined;
}

export interface IncidentFilter extends IncidentFacts {
  since?: string | undefined;
  until?: string | undefined;
  limit: number;
}

/** Incidents by their last death, newest first, from `position` on. */
export async function listIncidents(
  pool: Pool,
  filter: IncidentFilter,
  position: Position | null,
): Promise<IncidentRow[]> {
  const { names, user } = filter;
  const asked = names ? byNames(names) : user === undefined ? null : byUser(user);
  const found = asked && (await incidentsFoundBy(pool, asked));
  const rows = await withStates(pool)
    .where(
      and(
        found ? sql`${incidents.id} = any(${sql.param(found)}::text[])` : undefined,
        isNull(incidents.mergedInto),
        eq(incidents.withdrawn, false),
        fits(pool, filter),
        since(incidents.lastAt, filter.since),
        until(incidents.lastAt, filter.until),
        after(incidents.lastAt, incidents.id, position),
      ),
    )
    .orderBy(desc(incidents.lastAt), desc(incidents.id))
    .limit(filter.limit);
  return rows.map(rowOf);
}

/** Each with what led to where it stands, by one statement: nobody acts between the two. */
const withStates = (pool: Pool) =>
  builder(pool)
    .select(columns)
    .from(incidents)
    .leftJoin(incidentStates, eq(incidentStates.incidentId, incidents.id))
    .leftJoin(incidentActions, eq(incidentActions.id, incidentStates.actionId))
    .$dynamic();

function rowOf({ action, ...row }: Omit<IncidentRow, 'state'> & { action: ActionRow | null }) {
  const done = action && actionOf(action);
  return { ...row, state: done ? { status: done.status, action: done } : untouched };
}

const fits = (pool: Pool, { host, cause, state, names, user }: IncidentFacts): SQL | undefined =>
  and(
    host === undefined ? undefined : arrayContains(incidents.hosts, [host]),
    equals(incidents.cause, cause),
    equals(incidents.status, state),
    names && hasDeath(pool, namedOneOf(names)),
    user === undefined ? undefined : hasDeath(pool, ofUser(user)),
  );

const hasDeath = (pool: Pool, condition: SQL | undefined): SQL =>
  exists(
    builder(pool)
      .select({ one: sql`1` })
      .from(deaths)
      .where(and(eq(deaths.incidentId, incidents.id), condition)),
  );

/** The incidents with these ids that `facts` fit, oldest first. */
export async function incidentsById(
  pool: Pool,
  ids: readonly string[],
  facts: IncidentFacts = {},
): Promise<IncidentRow[]> {
  const rows = await withStates(pool)
    .where(and(inArray(incidents.id, [...ids]), fits(pool, facts)))
    .orderBy(incidents.lastAt, incidents.id);
  return rows.map(rowOf);
}

/** What an incident hit, each list in order and at most 200 long. */
export async function blastRadiusOf(pool: Pool, incidentId: string): Promise<BlastRadius> {
  const { rows } = await pool.query<BlastRadius>({
    name: 'blast-radius',
    text: `
      with hit as materialized (
        select host, unit, answer -> 'death' ->> 'container' as container, user_name as owner
        from deaths where incident_id = $1)
      select
        array(select distinct host from hit order by host limit ${mostHit}) as hosts,
        array(select distinct unit from hit where unit is not null
              order by unit limit ${mostHit}) as units,
        array(select distinct container from hit where container is not null
              order by container limit ${mostHit}) as containers,
        array(select distinct owner from hit where owner is not null
              order by owner limit ${mostHit}) as users`,
    values: [incidentId],
  });
  return rows[0] as BlastRadius;
}

/** Names of an incident's victims with their counts, most first, at most 20. */
export function victimsOf(pool: Pool, incidentId: string): Promise<Victims> {
  return builder(pool)
    .select({ comm: deaths.comm, count: count() })
    .from(deaths)
    .where(eq(deaths.incidentId, incidentId))
    .groupBy(deaths.comm)
    .orderBy(desc(count()), deaths.comm)
    .limit(mostVictims);
}

/** Hosts with their counts of an incident's deaths, most first, at most 20. */
export function hostCountsOf(
  pool: Pool,
  incidentId: string,
): Promise<{ host: string; count: number }[]> {
  return builder(pool)
    .select({ host: deaths.host, count: count() })
    .from(deaths)
    .where(eq(deaths.incidentId, incidentId))
    .groupBy(deaths.host)
    .orderBy(desc(count()), deaths.host)
    .limit(mostVictims);
}
