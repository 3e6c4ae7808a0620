import type { EventPage } from '@coroner/schema/http/events';
import type { IncidentPage } from '@coroner/schema/http/incidents';
import type { DeathPage } from '@coroner/schema/http/pages';
import type { Pool } from '../store/database.ts';
import type { Position } from '../store/lists/drizzle.ts';
import type { EventFilter } from '../store/lists/event-filter.ts';
import { type DeathListFilter, listDeaths } from '../store/lists/list-deaths.ts';
import { listEvents } from '../store/lists/list-events.ts';
import { type IncidentFilter, listIncidents } from '../store/lists/list-incidents.ts';
import { nextCursor } from './cursor.ts';
import { spellings } from './names/spellings.ts';

export async function deathPage(
  pool: Pool,
  query: DeathListFilter & { process?: string | undefined },
  position: Position | null,
): Promise<DeathPage> {
  const { process, ...filter } = query;
  const names = process === undefined ? null : spellings(process);
  const items = await listDeaths(pool, filter, names, position);
  return { items, next: nextCursor(items, query.limit, (row) => [row.diedAt, row.id]) };
}

export async function eventPage(
  pool: Pool,
  filter: EventFilter,
  position: Position | null,
): Promise<EventPage> {
  const items = await listEvents(pool, filter, position);
  return { items, next: nextCursor(items, filter.limit, (row) => [row.at, row.id]) };
}

export async function incidentPage(
  pool: Pool,
  { process, ...query }: Omit<IncidentFilter, 'names'> & { process?: string | undefined },
  position: Position | null,
): Promise<IncidentPage> {
  const names = process === undefined ? undefined : spellings(process);
  const items = await listIncidents(pool, { ...query, names }, position);
  return { items, next: nextCursor(items, query.limit, (row) => [row.lastAt, row.id]) };
}
