import type { Transaction } from '../database.ts';

/** Forgets by which keys deaths joined these incidents: they are made anew. Hold their rows. */
export async function forgetKeys(
  transaction: Transaction,
  incidentIds: readonly string[],
): Promise<void> {
  if (incidentIds.length === 0) return;
  await transaction.query({
    name: 'forget-keys',
    text: 'delete from incident_keys where incident_id = any($1::text[])',
    values: [incidentIds],
  });
}

/** Incidents that no death is left to. An alert that nobody has seen yet is not sent. */
export async function withdrawIncidents(
  transaction: Transaction,
  incidentIds: readonly string[],
): Promise<void> {
  if (incidentIds.length === 0) return;
  const values = [incidentIds];
  await transaction.query({
    name: 'withdraw-incidents',
    text: 'update incidents set withdrawn = true where id = any($1::text[])',
    values,
  });
  await transaction.query({
    name: 'withdraw-unsent',
    text: `
      delete from outbox using incidents i
      where outbox.incident_id = any($1::text[]) and i.id = outbox.incident_id
        and i.published_at is null
        and (outbox.lease_until is null or outbox.lease_until <= now())`,
    values,
  });
  await transaction.query({
    name: 'withdraw-held',
    text: `delete from alert_destinations
           where incident_id = any($1::text[]) and released_at is null`,
    values,
  });
}
