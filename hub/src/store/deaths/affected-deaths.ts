import type { DeathEvent } from '@coroner/schema/event/death';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Transaction } from '../database.ts';

/** New evidence, and the deaths that it may tell about. */
export interface Trigger {
  host: string;
  /** The process that it names; null when it names none. */
  pid: number | null;
  /** Deaths of `pid` in this span … */
  pidFrom: string;
  pidUntil: string;
  /** … and any death in this one. */
  from: string;
  until: string;
}

/** A stored death with its event, to be judged again. */
export interface KnownDeath {
  id: string;
  host: string;
  bootId: string;
  event: DeathEvent;
  diedAt: string;
  incidentId: string | null;
  actorKey: string | null;
  answer: StoredAnswer;
}

/** For each trigger; in a storm the newest come first. */
const mostNearby = 50;

/** The deaths that the triggers may tell about, each once, without those in `except`. */
export async function affectedDeaths(
  transaction: Transaction,
  triggers: readonly Trigger[],
  except: readonly string[],
): Promise<KnownDeath[]> {
  if (triggers.length === 0) return [];
  const { rows } = await transaction.query<KnownDeath>({
    name: 'affected-deaths',
    text: `
      with t as (
        select * from jsonb_to_recordset($1::jsonb) as row(
          host text, pid integer, "pidFrom" timestamptz, "pidUntil" timestamptz,
          "from" timestamptz, until timestamptz)
      ), spans as (
        select distinct host, "from", until from t
      ), hit as (
        select d.id from t cross join lateral (
          select id from deaths
          where host = t.host and pid = t.pid
            and died_at between t."pidFrom" and t."pidUntil"
          order by died_at desc limit ${mostNearby}) d
        union
        select d.id from spans cross join lateral (
          select id from deaths
          where host = spans.host and died_at between spans."from" and spans.until
          order by died_at desc, id desc limit ${mostNearby}) d
      )
      select d.id, d.host, d.boot_id as "bootId", e.body as event, d.died_at as "diedAt",
             d.incident_id as "incidentId", d.actor_key as "actorKey", d.answer
      from deaths d join events e on e.id = d.id
      where d.id in (select id from hit) and d.id <> all($2::text[])`,
    values: [JSON.stringify(triggers), except],
  });
  return rows;
}
