import type { DeathEvent } from '@coroner/schema/event/death';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Transaction } from '../database.ts';

/** Deaths of one process in a span of time. */
export interface PidTrigger extends Span {
  pid: number;
}

export interface Span {
  host: string;
  from: string;
  until: string;
}

/** Deaths of one unit in a span of time. */
export interface UnitTrigger extends Span {
  unit: string;
}

/** What new evidence may tell about. */
export interface Triggers {
  pids: readonly PidTrigger[];
  units: readonly UnitTrigger[];
  spans: readonly Span[];
  /** Deaths that somebody caused, or whose session ended: who stands behind them may be told now. */
  origins: readonly Span[];
}

/** A stored death with its event, to be judged again. */
export interface KnownDeath {
  id: string;
  host: string;
  bootId: string;
  event: DeathEvent;
  diedAt: string;
  receivedAt: string;
  incidentId: string | null;
  answer: StoredAnswer;
  actorKey: string | null;
  revision: number;
}

/** For each span of time; in a storm the newest come first. */
const mostInSpan = 200;
const mostOfPid = 5;
const mostOfUnit = 20;

/** The deaths that the triggers may tell about, each once, without those in `except`. */
export async function affectedDeaths(
  transaction: Transaction,
  { pids, units, spans, origins }: Triggers,
  except: readonly string[],
): Promise<KnownDeath[]> {
  if (pids.length + units.length + spans.length + origins.length === 0) return [];
  const { rows } = await transaction.query<KnownDeath>({
    name: 'affected-deaths',
    text: `
      with hit as (
        select d.id
        from (select distinct * from jsonb_to_recordset($1::jsonb) as row(
                host text, pid integer, "from" timestamptz, until timestamptz)) t
        cross join lateral (
          select id from deaths
          where host = t.host and pid = t.pid and died_at between t."from" and t.until
          order by died_at desc limit ${mostOfPid}) d
        union
        select d.id
        from jsonb_to_recordset($2::jsonb) as span(
               host text, "from" timestamptz, until timestamptz)
        cross join lateral (
          select id from deaths
          where host = span.host and died_at between span."from" and span.until
          order by died_at desc, id desc limit ${mostInSpan}) d
        union
        select d.id
        from (select distinct * from jsonb_to_recordset($4::jsonb) as row(
                host text, unit text, "from" timestamptz, until timestamptz)) t
        cross join lateral (
          select id from deaths
          where host = t.host and unit = t.unit and died_at between t."from" and t.until
          order by died_at desc limit ${mostOfUnit}) d
        union
        select d.id
        from jsonb_to_recordset($5::jsonb) as span(
               host text, "from" timestamptz, until timestamptz)
        cross join lateral (
          select id, actor_key, actor_user, cause from deaths
          where host = span.host and died_at between span."from" and span.until
          order by died_at desc, id desc limit ${mostInSpan}) d
        where d.actor_key is not null or d.actor_user is not null or d.cause = 'hangup'
      )
      select d.id, d.host, d.boot_id as "bootId", e.body as event, d.died_at as "diedAt",
             e.received_at as "receivedAt", d.incident_id as "incidentId", d.answer,
             d.actor_key as "actorKey", d.revision
      from hit
      join deaths d on d.id = hit.id
      join events e on e.id = d.id
      where d.id <> all($3::text[])`,
    values: [
      JSON.stringify(pids),
      JSON.stringify(spans),
      except,
      JSON.stringify(units),
      JSON.stringify(origins),
    ],
  });
  return rows;
}
