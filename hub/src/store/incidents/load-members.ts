import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Transaction } from '../database.ts';

/** A death of an incident, with what its keys are made of. */
export interface Member {
  id: string;
  host: string;
  incidentId: string;
  /** By the hub's clock, as far as that is known. */
  diedAt: string;
  /** How far that may be wrong, ms. */
  errorMs: number;
  /** Without what no key and no title needs. */
  answer: StoredAnswer;
  actorKey: string | null;
}

/** The first deaths of these incidents, all of them together at most `most`, but for those in `except`. */
export async function loadMembers(
  transaction: Transaction,
  incidentIds: readonly string[],
  except: readonly string[],
  most: number,
): Promise<Member[]> {
  if (incidentIds.length === 0) return [];
  const { rows } = await transaction.query<Member>({
    name: 'load-members',
    text: `
      select d.id, d.host, d.incident_id as "incidentId",
             coalesce(d.happened_at, d.died_at) as "diedAt", coalesce(c.error_ms, 0) as "errorMs",
             d.answer - '{evidence,gaps,memory,nearMisses}'::text[] #- '{oom,tasks}' as answer,
             d.actor_key as "actorKey"
      from deaths d
      left join host_clocks c on c.host = d.host and c.boot_id = d.boot_id
      where d.incident_id = any($1::text[]) and d.id <> all($2::text[])
      order by coalesce(d.happened_at, d.died_at), d.id
      limit $3`,
    values: [incidentIds, except, most],
  });
  return rows;
}

/** Says in which incident these deaths are now. */
export async function moveDeaths(
  transaction: Transaction,
  moves: readonly { deathId: string; incidentId: string | null }[],
): Promise<void> {
  if (moves.length === 0) return;
  await transaction.query({
    name: 'move-deaths',
    text: `
      update deaths set incident_id = move."incidentId"
      from jsonb_to_recordset($1::jsonb) as move("deathId" text, "incidentId" text)
      where deaths.id = move."deathId"`,
    values: [JSON.stringify(moves)],
  });
}
