import type { Transaction } from '../database.ts';

export interface LockedIncident {
  id: string;
  mergedInto: string | null;
  withdrawn: boolean;
  deathId: string;
  hosts: string[];
}

/** The incident itself, its row locked to the end of the transaction; null when there is none. */
export async function lockIncident(
  transaction: Transaction,
  id: string,
): Promise<LockedIncident | null> {
  const { rows } = await transaction.query<LockedIncident>({
    name: 'lock-incident',
    text: `select id, merged_into as "mergedInto", withdrawn, death_id as "deathId", hosts
           from incidents where id = $1 for update`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** A new revision, for those who keep the incident. Hold its row. */
export async function touchIncident(transaction: Transaction, incidentId: string): Promise<void> {
  await transaction.query({
    name: 'touch-incident',
    text: 'update incidents set revision = revision + 1 where id = $1',
    values: [incidentId],
  });
}
