import { type EventKind, eventKinds } from '@coroner/schema/event/event';
import { deaths } from '@coroner/schema/tables/deaths';
import { events } from '@coroner/schema/tables/events';
import { and, type SQL, sql } from 'drizzle-orm';
import { byUser, newestIds } from './deaths-found-by.ts';
import { after, equals, type Position, since, until } from './drizzle.ts';
import type { EventFilter } from './event-filter.ts';

const userOfEvent = sql`(${events.body} ->> 'user')`;

/**
 * The events of all hosts of which the newest can be: by a scan of one index for what is asked for,
 * where a walk back in time would read all of history for what is rare.
 */
export function newestOfFleet(filter: EventFilter, position: Position | null): SQL {
  const { user, process, kind, cause, limit } = filter;
  if (cause !== undefined) return anyOf(newestDeaths(filter, position));
  const more = and(
    equals(events.comm, process),
    equals(events.kind, kind),
    since(events.at, filter.since),
    until(events.at, filter.until),
    after(events.at, events.id, position),
  );
  if (user !== undefined) {
    const ofEvents = newestBy(userOfEvent, [user], more, limit);
    const ofDeaths = newestIds(byUser(user), deathsLike(filter, position), limit);
    return anyOf(sql`${ofEvents} union all ${ofDeaths}`);
  }
  if (process !== undefined) return anyOf(newestBy(sql`${events.comm}`, [process], more, limit));
  const kinds: readonly EventKind[] | string[] = kind === undefined ? eventKinds : [kind];
  return anyOf(newestBy(sql`${events.kind}`, kinds, more, limit));
}

/** What is asked of events, asked of deaths: they have the times and names of theirs. */
const deathsLike = (filter: EventFilter, position: Position | null): SQL | undefined =>
  and(
    filter.kind === undefined || filter.kind === 'death' ? undefined : sql`false`,
    equals(deaths.comm, filter.process),
    equals(deaths.cause, filter.cause),
    since(deaths.diedAt, filter.since),
    until(deaths.diedAt, filter.until),
    after(deaths.diedAt, deaths.id, position),
  );

/** A cause is only deaths': by the index of causes, unless it is somebody's that are asked for. */
function newestDeaths(filter: EventFilter, position: Position | null): SQL {
  const like = deathsLike(filter, position);
  if (filter.user !== undefined) return newestIds(byUser(filter.user), like, filter.limit);
  return sql`(select ${deaths.id} from ${deaths} where ${like}
    order by ${deaths.cause}, ${deaths.diedAt} desc, ${deaths.id} desc limit ${filter.limit}::integer)`;
}

/** A range in place of `=`, as in deaths-found-by.ts. */
function newestBy(column: SQL, texts: readonly string[], more: SQL | undefined, most: number): SQL {
  const conditions = more ? sql` and ${more}` : sql``;
  return sql`
    select hit.id from unnest(${sql.param([...texts])}::text[]) as asked(text)
    cross join lateral (
      select ${events.id} from ${events}
      where ${column} between asked.text and asked.text${conditions}
      order by ${column}, ${events.at} desc, ${events.id} desc limit ${most}::integer) hit`;
}

const anyOf = (ids: SQL): SQL => sql`${events.id} = any(array(${ids}))`;
