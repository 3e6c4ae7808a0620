import type { IncidentRow } from '@coroner/schema/http/incidents';
import { inTransaction, type Pool, type Queryable } from '../database.ts';
import { isPast } from '../is-past.ts';
import { publishEveryMs } from './save-incidents.ts';

/** Longer than a publication may take; a hub that died in one is followed by another after it. */
const leaseSeconds = 15;
/** Between two publications of an incident, and after a failed one, it is a second. */
const longestWaitSeconds = 10;
const mostAtOnce = 50;
const retryAfterMs = 1_000;

export interface DueIncident extends IncidentRow {
  /** Whether the stream ever had it. */
  published: boolean;
}

/** Takes the incidents that are due, under a lease, as they are now. */
export async function takeDue(pool: Pool): Promise<DueIncident[]> {
  const { rows } = await pool.query<DueIncident>({
    name: 'take-due',
    text: `
      with due as (
        select incident_id from outbox
        where ${isPast('due_at', longestWaitSeconds)}
          and (lease_until is null or ${isPast('lease_until', leaseSeconds)})
        order by due_at limit ${mostAtOnce} for update skip locked
      ), taken as (
        update outbox o set lease_until = now() + interval '${leaseSeconds} seconds'
        from due where o.incident_id = due.incident_id returning o.incident_id
      )
      select i.id, i.title, i.cause, i.first_at as "firstAt", i.last_at as "lastAt", i.deaths,
             i.hosts, i.revision, i.death_id as "deathId", i.withdrawn,
             i.merged_into as "mergedInto", i.published_at is not null as published
      from taken join incidents i on i.id = taken.incident_id`,
  });
  return rows;
}

/** What the stream has of an incident, or nobody is told yet. */
interface Done {
  id: string;
  revision: number;
}

/** The stream has these revisions: their rows go, unless an incident changed meanwhile. */
export async function markPublished(pool: Pool, published: readonly Done[]): Promise<void> {
  if (published.length === 0) return;
  await inTransaction(pool, async (transaction) => {
    // As the ingest does: incidents in the order of their ids, then their outbox rows.
    await transaction.query({
      name: 'mark-published',
      text: `
        update incidents i set published_at = now()
        from (select id from incidents where id = any($1) order by id for update) as mine
        where i.id = mine.id`,
      values: [published.map(({ id }) => id)],
    });
    await takeOut(transaction, published);
  });
}

/** All its channels wait: the row goes likewise, and nobody was told. */
export function markHeld(pool: Pool, held: Done): Promise<void> {
  return takeOut(pool, [held]);
}

/** What goes on growing does not wait any longer for that. */
async function takeOut(on: Queryable, done: readonly Done[]): Promise<void> {
  await on.query({
    name: 'take-out',
    text: `
      with done as (
        select * from unnest($1::text[], $2::integer[]) as d(incident_id, revision)
      ), gone as (
        delete from outbox o using done
        where o.incident_id = done.incident_id and o.revision <= done.revision
        returning o.incident_id
      )
      update outbox set created_at = now(), lease_until = null,
        due_at = now() + make_interval(secs => $3::double precision / 1000)
      where incident_id in (select incident_id from done except select incident_id from gone)`,
    values: [done.map(({ id }) => id), done.map(({ revision }) => revision), publishEveryMs],
  });
}

/** It did not reach the stream: try again in a second. */
export async function markFailed(pool: Pool, incidentId: string): Promise<void> {
  await pool.query({
    name: 'postpone',
    text: `
      update outbox set lease_until = null,
        due_at = now() + make_interval(secs => $2::double precision / 1000)
      where incident_id = $1`,
    values: [incidentId, retryAfterMs],
  });
}

/** Milliseconds until something may be due, at least 0; null when nothing waits. */
export async function msUntilDue(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>({
    name: 'ms-until-due',
    text: `
      select (extract(epoch from min(greatest(due_at, lease_until)) - now()) * 1000)::double precision
             as ms from outbox`,
  });
  const ms = rows[0]?.ms ?? null;
  return ms === null ? null : Math.max(0, ms);
}
