import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Transaction } from '../database.ts';

/** A stored death with what its keys are made of. */
export interface Member {
  id: string;
  host: string;
  bootId: string;
  incidentId: string | null;
  /** By the host's clock, and by the hub's as far as that is known. */
  diedAt: string;
  happenedAt: string;
  /** How far the latter may be wrong, ms. */
  errorMs: number;
  /** Without what no key and no title needs. */
  answer: StoredAnswer;
  actorKey: string | null;
  /** When it began, µs since its host booted; null for a death that only logs know. */
  startUs: number | null;
  /** The same of its parent, where it died with that. */
  parentStartUs: number | null;
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
      select ${memberColumns} ${memberTables}
      where d.incident_id = any($1::text[]) and d.id <> all($2::text[])
      order by coalesce(d.happened_at, d.died_at), d.id
      limit $3`,
    values: [incidentIds, except, most],
  });
  return rows;
}

export const memberColumns = `
  d.id, d.host, d.boot_id as "bootId", d.incident_id as "incidentId", d.died_at as "diedAt",
  coalesce(d.happened_at, d.died_at) as "happenedAt", coalesce(c.error_ms, 0) as "errorMs",
  d.answer - '{gaps,memory,nearMisses}'::text[] #- '{oom,tasks}' as answer,
  d.actor_key as "actorKey", (e.body #>> '{victim,startUs}')::double precision as "startUs",
  case when d.cause = 'parent-died' then (
    select (signal #>> '{current,startUs}')::double precision
    from jsonb_array_elements(e.body -> 'signals') as signal
    where (signal #>> '{current,pid}')::integer = (d.answer #>> '{actor,pid}')::integer
    limit 1) end as "parentStartUs"`;

export const memberTables = `
  from deaths d
  left join events e on e.id = d.id
  left join host_clocks c on c.host = d.host and c.boot_id = d.boot_id`;

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
