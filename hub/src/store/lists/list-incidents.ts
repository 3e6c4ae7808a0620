import type { IncidentRow, Victims } from '@coroner/schema/http/incidents';
import { deaths } from '@coroner/schema/tables/deaths';
import { incidents } from '@coroner/schema/tables/incidents';
import { and, arrayContains, count, desc, eq, inArray } from 'drizzle-orm';
import type { Pool } from '../database.ts';
import { after, builder, equals, type Position, since, until } from './drizzle.ts';

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
};

const mostVictims = 20;

export interface IncidentFilter {
  host?: string | undefined;
  cause?: IncidentRow['cause'] | undefined;
  since?: string | undefined;
  until?: string | undefined;
  limit: number;
}

/** Incidents by their last death, newest first, from `position` on. */
export function listIncidents(
  pool: Pool,
  filter: IncidentFilter,
  position: Position | null,
): Promise<IncidentRow[]> {
  return builder(pool)
    .select(columns)
    .from(incidents)
    .where(
      and(
        filter.host === undefined ? undefined : arrayContains(incidents.hosts, [filter.host]),
        equals(incidents.cause, filter.cause),
        since(incidents.lastAt, filter.since),
        until(incidents.lastAt, filter.until),
        after(incidents.lastAt, incidents.id, position),
      ),
    )
    .orderBy(desc(incidents.lastAt), desc(incidents.id))
    .limit(filter.limit);
}

export function incidentsById(pool: Pool, ids: readonly string[]): Promise<IncidentRow[]> {
  return builder(pool)
    .select(columns)
    .from(incidents)
    .where(inArray(incidents.id, [...ids]))
    .orderBy(incidents.lastAt, incidents.id);
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
