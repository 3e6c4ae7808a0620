import type { Transaction } from '../database.ts';

/** An incident, by its id, that is part of an earlier one. */
export interface Merger {
  id: string;
  into: string;
}

/**
 * Gives the deaths and keys of each incident to the one that it is part of. Both are stored and
 * locked. An alert that nobody has seen yet is not sent; one that was sent is corrected.
 */
export async function mergeIncidents(
  transaction: Transaction,
  mergers: readonly Merger[],
): Promise<void> {
  if (mergers.length === 0) return;
  const values = [mergers.map(({ id }) => id), mergers.map(({ into }) => into)];
  const pairs = 'unnest($1::text[], $2::text[]) as pair(id, into_id)';
  const statements = {
    deaths: `update deaths set incident_id = pair.into_id from ${pairs}
             where deaths.incident_id = pair.id`,
    keys: `insert into incident_keys as k (key, incident_id, first_at, last_at)
           select key, pair.into_id, min(first_at), max(last_at)
           from incident_keys join ${pairs} on incident_keys.incident_id = pair.id
           group by key, pair.into_id order by key, pair.into_id
           on conflict (key, incident_id) do update
             set first_at = least(k.first_at, excluded.first_at),
                 last_at = greatest(k.last_at, excluded.last_at)`,
    'old-keys': `delete from incident_keys using ${pairs} where incident_id = pair.id`,
    mark: `update incidents set merged_into = pair.into_id from ${pairs}
           where incidents.id = pair.id`,
    chains: `update incidents set merged_into = pair.into_id from ${pairs}
             where incidents.merged_into = pair.id`,
    unsent: `delete from outbox using ${pairs}, incidents i
             where outbox.incident_id = pair.id and i.id = pair.id and i.published_at is null
               and (outbox.lease_until is null or outbox.lease_until <= now())`,
    held: `delete from alert_destinations using ${pairs}
           where incident_id = pair.id and released_at is null`,
  };
  for (const [name, text] of Object.entries(statements))
    await transaction.query({ name: `merge-${name}`, text, values });
}
