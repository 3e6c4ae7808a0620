import type { Queryable } from '../database.ts';
import type { FoundDeath } from './find-deaths.ts';

export async function getDeath(on: Queryable, id: string): Promise<FoundDeath | null> {
  const { rows } = await on.query<FoundDeath>({
    name: 'get-death',
    text: `
      select id, host, comm, died_at as "diedAt", actor_key as "actorKey",
             incident_id as "incidentId", answer, revision
      from deaths where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}
