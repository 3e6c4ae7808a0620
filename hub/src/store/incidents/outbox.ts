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

/** The stream has this revision: the row goes, unless the incident changed meanwhile. */
export function markPublished(pool: Pool, incidentId: string, revision: number): Promise<void> {
  return inTransaction(pool, async (transaction) => {
    // In the order of the ingest: the incident first, then its outbox row.
    await transaction.query({
      name: 'mark-published',
      text: 'update incidents set published_at = now() where id = $1',
      values: [incidentId],
    });
    await takeOut(transaction, incidentId, revision);
  });
}

/** All its channels wait: the row goes likewise, and nobody was told. */
export function markHeld(pool: Pool, incidentId: string, revision: number): Promise<void> {
  return takeOut(pool, incidentId, revision);
}

async function takeOut(on: Queryable, incidentId: string, revision: number): Promise<void> {
  const gone = await on.query({
    name: 'delete-published',
    text: 'delete from outbox where incident_id = $1 and revision <= $2',
    values: [incidentId, revision],
  });
  if (gone.rowCount !== 0) return;
  // What goes on growing does not wait any longer for that.
  await on.query({
    name: 'waits-anew',
    text: 'update outbox set created_at = now() where incident_id = $1',
    values: [incidentId],
  });
  await postpone(on, incidentId, publishEveryMs);
}

/** It did not reach the stream: try again in a second. */
export function markFailed(pool: Pool, incidentId: string): Promise<void> {
  return postpone(pool, incidentId, retryAfterMs);
}

async function postpone(on: Queryable, incidentId: string, ms: number): Promise<void> {
  await on.query({
    name: 'postpone',
    text: `
      update outbox set lease_until = null,
        due_at = now() + make_interval(secs => $2::double precision / 1000)
      where incident_id = $1`,
    values: [incidentId, ms],
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
