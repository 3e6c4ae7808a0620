import type { EventItem } from '@coroner/schema/http/events';
import { events } from '@coroner/schema/tables/events';
import { and, desc } from 'drizzle-orm';
import type { Pool } from '../database.ts';
import { after, builder, equals, type Position, since, until } from './drizzle.ts';

export interface EventFilter {
  host?: string | undefined;
  process?: string | undefined;
  kind?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  limit: number;
}

/** Events, newest first, from `position` on; `process` is a comm. */
export async function listEvents(
  pool: Pool,
  filter: EventFilter,
  position: Position | null,
): Promise<EventItem[]> {
  const rows = await builder(pool)
    .select()
    .from(events)
    .where(
      and(
        equals(events.host, filter.host),
        equals(events.comm, filter.process),
        equals(events.kind, filter.kind),
        since(events.at, filter.since),
        until(events.at, filter.until),
        after(events.at, events.id, position),
      ),
    )
    .orderBy(desc(events.at), desc(events.id))
    .limit(filter.limit);
  return rows.map(({ body, id, host, bootId, kind, source, at, receivedAt }) => ({
    ...(body as object),
    id,
    host,
    bootId,
    kind,
    source,
    at,
    receivedAt,
  }));
}
