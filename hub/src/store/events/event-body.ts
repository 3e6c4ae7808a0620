import type { Event } from '@coroner/schema/event/event';
import type { Queryable } from '../database.ts';

/** An event by its id; null when it is not stored. */
export async function eventBody(on: Queryable, id: string): Promise<Event | null> {
  const { rows } = await on.query<{ body: Event }>({
    name: 'event-body',
    text: 'select body from events where id = $1',
    values: [id],
  });
  return rows[0]?.body ?? null;
}
