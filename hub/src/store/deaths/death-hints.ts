import type { Pool, Transaction } from '../database.ts';
import type { EventRow } from '../events/event-row.ts';
import { isPast } from '../is-past.ts';

/** A probe's record of the same death has this long to arrive; of the past there will be none. */
const graceSeconds = 5;
/** A hub that died while it looked at a hint is followed by another after this. */
const leaseSeconds = 30;
const mostAtOnce = 200;
/** Heartbeats come every 15 s. */
const againSeconds = 15;
const longestWaitSeconds = Math.max(graceSeconds, leaseSeconds, againSeconds);
const patienceDays = 1;

/** Notes events that may be all that is known of a death, to be looked at when they are due. */
export async function noteHints(
  transaction: Transaction,
  rows: readonly EventRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const hints = rows.map(({ id, body }) => ({
    event_id: id,
    grace: body.backfilled ? 0 : graceSeconds,
  }));
  await transaction.query({
    name: 'note-hints',
    text: `
      insert into death_hints (event_id, due_at)
      select event_id, now() + make_interval(secs => grace)
      from jsonb_to_recordset($1::jsonb) as row(event_id text, grace integer)
      order by event_id collate "C"
      on conflict do nothing`,
    values: [JSON.stringify(hints)],
  });
}

/** A death that is known near a hint. */
export interface NearbyDeath {
  pid: number;
  comm: string;
  unit: string | null;
  signal: string | null;
  diedAt: string;
  fromLog: boolean;
  /** What its verdict rests on. */
  evidence: { eventId: string; kind: string }[];
}

export interface Hint {
  row: EventRow;
  nearby: NearbyDeath[];
  /**
   * The probe watched its host then and lost nothing: it would have recorded such a death. Null while
   * no heartbeat of the host says what is watched there.
   */
  isWatched: boolean | null;
}

/** Takes the hints that are due, under a lease, with the deaths within a minute of each. */
export async function takeHints(pool: Pool): Promise<Hint[]> {
  const { rows } = await pool.query<Hint>({
    name: 'take-hints',
    text: `
      with due as (
        select event_id from death_hints where ${isPast('due_at', longestWaitSeconds)}
        order by due_at limit ${mostAtOnce} for update skip locked
      ), taken as (
        update death_hints h set due_at = now() + interval '${leaseSeconds} seconds'
        from due where h.event_id = due.event_id returning h.event_id
      )
      select jsonb_build_object(
               'id', e.id, 'host', e.host, 'boot_id', e.boot_id, 'kind', e.kind,
               'source', e.source, 'at', ${instant('e.at')}, 'pid', e.pid, 'comm', e.comm,
               'body', e.body, 'received_at', ${instant('e.received_at')}) as row,
             coalesce(d.nearby, '[]') as nearby,
             w.sources @> '[{"source": "probe", "state": "available"}]'
               and not exists (
                 select from events g
                 where g.host = e.host and g.kind = 'gap' and g.kind <> 'death'
                   and g.at between e.at - interval '1 minute' and e.at + interval '1 day'
                   and g.body ->> 'of' in ('probe', 'agent')
                   and coalesce((g.body ->> 'since')::timestamptz, g.at) <= e.at + interval '1 minute'
               ) as "isWatched"
      from taken cross join lateral (
        select *, case when kind = 'boot'
          then coalesce((body ->> 'previousSeenAt')::timestamptz, at) else at end as told_at
        from events where id = taken.event_id) e
      cross join lateral (
        select jsonb_agg(jsonb_build_object(
                 'pid', n.pid, 'comm', n.comm, 'unit', n.unit,
                 'signal', n.answer -> 'death' -> 'signal', 'diedAt', ${instant('n.died_at')},
                 'fromLog', n.from_log, 'evidence', n.answer -> 'evidence')) as nearby
        from (
          select * from deaths
          where host = e.host
            and died_at between e.told_at - interval '60 seconds'
                            and e.told_at + interval '60 seconds'
            and (pid = e.pid or comm = e.comm or unit = e.body ->> 'unit'
              or (pid = 0 and e.kind in ('boot', 'gap'))
              or died_at between e.at - interval '3 seconds' and e.at + interval '3 seconds')
          limit 100) n) d
      left join lateral (
        select sources from host_watches
        where host = e.host and since <= e.at + interval '1 minute'
        order by since desc limit 1) w on true
      order by e.at, e.id`,
  });
  return rows;
}

/** A heartbeat may tell more of these; after a day it is given up. */
export async function postponeHints(pool: Pool, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length === 0) return;
  await pool.query({
    name: 'postpone-hints',
    text: `
      with tired as (
        delete from death_hints using events e
        where event_id = any($1::text[]) and e.id = event_id
          and e.received_at < now() - interval '${patienceDays} day'
        returning event_id
      )
      update death_hints set due_at = now() + interval '${againSeconds} seconds'
      where event_id = any($1::text[]) and event_id not in (select event_id from tired)`,
    values: [eventIds],
  });
}

/** They were looked at. */
export async function dropHints(pool: Pool, eventIds: readonly string[]): Promise<void> {
  await pool.query({
    name: 'drop-hints',
    text: 'delete from death_hints where event_id = any($1::text[])',
    values: [eventIds],
  });
}

/** As instants are written everywhere: `2026-11-23T03:12:07.123456Z`. */
function instant(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
