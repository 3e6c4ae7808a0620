import type { Transaction } from '../database.ts';
import { anyHit } from '../hit.ts';
import { type Member, memberColumns, memberTables } from './load-members.ts';

/** A death that may be part of what befell others. */
export interface Seeker {
  host: string;
  diedAt: string;
  /** Id that its parent's death has; null where it seeks those that were hit with it. */
  parentId: string | null;
}

/** A death that others may be part of. */
export interface Leader {
  host: string;
  diedAt: string;
  /** Keys that deaths have whose actor is its victim, or its own actor. */
  actorKeys: readonly string[];
}

const mostRelatives = 500;
/** As far as a blow may reach, and the acts of one process. */
const blowSeconds = 2;
const actorMinutes = 10;

/** Deaths with an incident that these may be part of. */
export async function leadersOf(
  transaction: Transaction,
  seekers: readonly Seeker[],
): Promise<Member[]> {
  if (seekers.length === 0) return [];
  const { rows } = await transaction.query<Member>({
    name: 'leaders-of-deaths',
    text: `
      with hit as (
        select l.id
        from jsonb_to_recordset($1::jsonb) as s(
          host text, "diedAt" timestamptz, "parentId" text)
        cross join lateral (
          select id from deaths where id = s."parentId" and incident_id is not null
          union all
          (select id from deaths
           where s."parentId" is null and host = s.host and incident_id is not null
             and cause in ('signal-from-process', 'cgroup-kill')
             and died_at between s."diedAt" - interval '${blowSeconds} seconds'
                             and s."diedAt" + interval '${blowSeconds} seconds'
           limit ${mostRelatives})) l
      )
      select ${memberColumns} ${memberTables}
      where d.id = ${anyHit}`,
    values: [JSON.stringify(seekers)],
  });
  return rows;
}

/** Deaths without an incident that may be part of what befell these. */
export async function followersOf(
  transaction: Transaction,
  leaders: readonly Leader[],
  except: readonly string[],
): Promise<Member[]> {
  if (leaders.length === 0) return [];
  const { rows } = await transaction.query<Member>({
    name: 'followers-of-deaths',
    text: `
      with led as (
        select * from jsonb_to_recordset($1::jsonb) as l(
          host text, "diedAt" timestamptz, "actorKeys" jsonb)
      ), hit as (
        select f.id
        from led cross join lateral (
          select id from deaths
          where actor_key in (select jsonb_array_elements_text(led."actorKeys"))
            and died_at between led."diedAt" - interval '${actorMinutes} minutes'
                            and led."diedAt" + interval '${actorMinutes} minutes'
            and incident_id is null
            and (cause = 'parent-died' or confidence = 'possible')
          limit ${mostRelatives}) f
        union
        select f.id
        from led cross join lateral (
          select id from deaths
          where host = led.host and incident_id is null and cause = 'unknown'
            and died_at between led."diedAt" - interval '${blowSeconds} seconds'
                            and led."diedAt" + interval '${blowSeconds} seconds'
          limit ${mostRelatives}) f
      )
      select ${memberColumns} ${memberTables}
      where d.id = ${anyHit} and d.id <> all($2::text[])`,
    values: [JSON.stringify(leaders), except],
  });
  return rows;
}
