import type { Planned } from '@coroner/schema/http/alert-routes';
import type { AlertDestination } from '@coroner/schema/wire/alert';
import type { Queryable } from '../database.ts';

/** A destination of an incident, as it was planned last. */
export interface StoredDestination extends AlertDestination {
  released: boolean;
}

/** How the table writes the bot's own alert channel. */
const own = '';

/** In the order in which they were released; what waits comes last. */
export async function destinationsOf(
  on: Queryable,
  incidentId: string,
): Promise<StoredDestination[]> {
  const { rows } = await on.query<StoredDestination>({
    name: 'destinations-of-incident',
    text: `
      select nullif(channel, '${own}') as channel, route_id as "routeId", mentions,
             released_at is not null as released
      from alert_destinations where incident_id = $1 order by released_at, channel`,
    values: [incidentId],
  });
  return rows;
}

/** Takes a plan up: what goes now is released for ever, what waits is as planned last, the rest is gone. */
export async function saveDestinations(
  on: Queryable,
  incidentId: string,
  planned: readonly Planned[],
): Promise<void> {
  await on.query({
    name: 'save-destinations',
    text: `
      insert into alert_destinations as d
        (incident_id, channel, route_id, mentions, due_at, released_at)
      select $1, coalesce(channel, '${own}'), "routeId",
             array(select jsonb_array_elements_text(mentions)), at,
             case when post = 'now' then now() end
      from jsonb_to_recordset($2::jsonb) as row(
        channel text, "routeId" text, mentions jsonb, post text, at timestamptz)
      order by 2
      on conflict (incident_id, channel) do update set
        route_id = excluded.route_id, mentions = excluded.mentions,
        due_at = excluded.due_at, released_at = excluded.released_at
      where d.released_at is null`,
    values: [incidentId, JSON.stringify(planned)],
  });
  await on.query({
    name: 'forget-destinations',
    text: `
      delete from alert_destinations
      where incident_id = $1 and released_at is null and channel <> all($2::text[])`,
    values: [incidentId, planned.map(({ channel }) => channel ?? own)],
  });
}

/** Puts the incidents into the outbox whose quiet hours are over; they stay due until they are released. */
export async function enqueueDue(on: Queryable): Promise<void> {
  await on.query({
    name: 'enqueue-due-destinations',
    text: `
      insert into outbox as o (incident_id, revision, due_at)
      select id, revision, now() from incidents
      where id in (select incident_id from alert_destinations
                   where released_at is null and due_at <= now())
      order by id
      on conflict (incident_id) do update set due_at = least(o.due_at, excluded.due_at)`,
  });
}

/** Routes changed: what waits for the end of quiet hours is to be looked at anew. */
export async function reconsider(on: Queryable): Promise<void> {
  await on.query({
    name: 'reconsider-destinations',
    text: `
      update alert_destinations set due_at = least(due_at, now())
      where released_at is null and due_at is not null`,
  });
}
