import type { EventItem } from '@coroner/schema/http/events';
import { deaths } from '@coroner/schema/tables/deaths';
import { events } from '@coroner/schema/tables/events';
import { and, desc, eq, getTableColumns, or, sql } from 'drizzle-orm';
import type { Pool } from '../database.ts';
import { after, builder, equals, ofUser, type Position, since, until } from './drizzle.ts';
import type { EventFilter } from './event-filter.ts';
import { newestOfFleet } from './events-found-by.ts';

/** Events, newest first, from `position` on; `process` is a comm. */
export async function listEvents(
  pool: Pool,
  filter: EventFilter,
  position: Position | null,
): Promise<EventItem[]> {
  const rows = await builder(pool)
    .select(getTableColumns(events))
    .from(events)
    .leftJoin(deaths, eq(deaths.id, events.id))
    .where(
      and(
        // A host has few enough events to walk back through.
        filter.host === undefined
          ? newestOfFleet(filter, position)
          : equals(events.host, filter.host),
        equals(events.comm, filter.process),
        equals(events.kind, filter.kind),
        equals(deaths.cause, filter.cause),
        filter.user === undefined
          ? undefined
          : or(eq(sql`${events.body} ->> 'user'`, filter.user), ofUser(filter.user)),
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
