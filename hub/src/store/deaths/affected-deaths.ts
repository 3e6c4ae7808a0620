import type { DeathEvent } from '@coroner/schema/event/death';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Transaction } from '../database.ts';
import { anyHit } from '../hit.ts';

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
  /** Deaths by somebody who may have come through a connection that was opened on this host at that time. */
  connections: readonly Connection[];
}

/** A connection that was opened on a host, and when by its clock. */
export interface Connection {
  host: string;
  at: string;
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
/** Of all that somebody did since a login: as many of the first and of the last. */
const mostSince = 200;
const mostThrough = 200;
/** The clocks of two hosts may differ by so much. */
const skewMinutes = 10;
const mostOfPid = 5;
const mostOfUnit = 20;

/** The deaths that the triggers may tell about, each once, without those in `except`. */
export async function affectedDeaths(
  transaction: Transaction,
  { pids, units, spans, origins, connections }: Triggers,
  except: readonly string[],
): Promise<KnownDeath[]> {
  if ([pids, units, spans, origins, connections].every(({ length }) => length === 0)) return [];
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
          (${sinceLogin} order by died_at desc limit ${mostSince})
          union (${sinceLogin} order by died_at limit ${mostSince})) d
        union
        ${throughConnections('$6', 'd.id')}
      )
      select d.id, d.host, d.boot_id as "bootId", e.body as event, d.died_at as "diedAt",
             e.received_at as "receivedAt", d.incident_id as "incidentId", d.answer,
             d.actor_key as "actorKey", d.revision
      from deaths d
      join events e on e.id = d.id
      where d.id = ${anyHit} and d.id <> all($3::text[])`,
    values: [
      JSON.stringify(pids),
      JSON.stringify(spans),
      except,
      JSON.stringify(units),
      JSON.stringify(origins),
      JSON.stringify(connections),
    ],
  });
  return rows;
}

/** The hosts whose deaths such connections may tell about: lock them before looking for the deaths. */
export async function hostsReached(
  transaction: Transaction,
  connections: readonly Connection[],
): Promise<string[]> {
  if (connections.length === 0) return [];
  const { rows } = await transaction.query<{ host: string }>({
    name: 'hosts-reached',
    text: throughConnections('$1', 'distinct d.host'),
    values: [JSON.stringify(connections)],
  });
  return rows.map(({ host }) => host);
}

const sinceLogin = `
  select id, died_at from deaths
  where host = span.host and died_at between span."from" and span.until
    and (actor_key is not null or actor_user is not null or cause = 'hangup')`;

/**
 * Deaths by people who came from an address of that host since then, whoever they were there. Under
 * the collation of the address the index could not be used.
 */
function throughConnections(parameter: string, what: string): string {
  return `
    select ${what}
    from jsonb_to_recordset(${parameter}::jsonb) as c(host text, at timestamptz)
    join host_addresses a on a.host = c.host
    cross join lateral (
      select id, host from deaths
      where answer #>> '{actor,origin,from}' = a.address collate "default"
        and died_at >= c.at - interval '${skewMinutes} minutes'
        and answer #>> '{actor,origin,fromHost,user}' is null
      order by died_at limit ${mostThrough}) d`;
}
