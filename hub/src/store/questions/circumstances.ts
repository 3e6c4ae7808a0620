import type { EarlierDeath } from '../../correlate/chain.ts';
import type { Queryable } from '../database.ts';
import type { FoundDeath } from './find-deaths.ts';

const mostEarlier = 50;
const mostNear = 100;
const mostAlike = 1_000;
const mostZones = 3;

/** Who the victim was above what the answer tells; null for a death that only logs know. */
export interface Victim {
  bootId: string;
  /** When it died, µs since its host booted. */
  bootUs: number | null;
  pgid: number | null;
  ancestry: { pid: number; startUs?: number | null }[];
  /** Processes that were named as running when it was signalled. */
  senders: { pid: number; startUs?: number | null }[];
}

export async function victimOf(on: Queryable, deathId: string): Promise<Victim | null> {
  const { rows } = await on.query<Victim>({
    name: 'victim-of-death',
    text: `
      select boot_id as "bootId", (body ->> 'bootUs')::double precision as "bootUs",
             (body #>> '{victim,pgid}')::integer as pgid,
             coalesce(body #> '{victim,ancestry}', '[]') as ancestry,
             coalesce(jsonb_path_query_array(body, '$.signals[*].current'), '[]') as senders
      from events where id = $1 and kind = 'death'`,
    values: [deathId],
  });
  return rows[0] ?? null;
}

/** A death near another. */
export interface NearDeath extends Omit<EarlierDeath, 'parentId' | 'beforeMs' | 'together'> {
  diedAt: string;
  bootId: string;
  bootUs: number | null;
  parent: { pid: number; startUs?: number | null } | null;
}

/** Deaths of the same host within `withinMs` by its wall clock, the nearest first; at most 200. */
export async function deathsNear(
  on: Queryable,
  { id, host, diedAt }: FoundDeath,
  withinMs: number,
): Promise<NearDeath[]> {
  const { rows } = await on.query<NearDeath>({
    name: 'deaths-near',
    text: `
      select d.id, d.pid, d.comm, d.unit, d.cause, d.answer #>> '{death,signal}' as signal,
             d.summary, d.died_at as "diedAt", d.boot_id as "bootId",
             (e.body ->> 'bootUs')::double precision as "bootUs",
             (e.body #>> '{victim,pgid}')::integer as pgid,
             e.body #> '{victim,ancestry,0}' as parent
      from (
        (select * from deaths
         where host = $1 and id <> $2 and died_at <= $3::timestamptz
           and died_at >= $3::timestamptz - make_interval(secs => $4::double precision / 1000)
         order by died_at desc limit ${mostNear})
        union all
        (select * from deaths
         where host = $1 and id <> $2 and died_at > $3::timestamptz
           and died_at <= $3::timestamptz + make_interval(secs => $4::double precision / 1000)
         order by died_at limit ${mostNear})) d
      left join events e on e.id = d.id
      order by abs(extract(epoch from d.died_at - $3::timestamptz))`,
    values: [host, id, diedAt, withinMs],
  });
  return rows;
}

/** How often a unit of that host died within `withinMs` before another, of the last 50 times that this did before `diedAt`. */
export async function timesTogether(
  on: Queryable,
  asked: { host: string; unit: string; before: string; diedAt: string; withinMs: number },
): Promise<number> {
  const { rows } = await on.query<{ times: number }>({
    name: 'times-together',
    text: `
      select count(*)::integer as times
      from (select died_at from deaths
            where host = $1 and unit = $2
              and died_at < $4::timestamptz - make_interval(secs => $5::double precision / 1000)
            order by died_at desc limit ${mostEarlier}) own
      where exists (
        select from deaths
        where host = $1 and unit = $3 and died_at between
          own.died_at - make_interval(secs => $5::double precision / 1000) and own.died_at)`,
    values: [asked.host, asked.unit, asked.before, asked.diedAt, asked.withinMs],
  });
  return rows[0]?.times ?? 0;
}

/**
 * When the same program died of the same cause and in the same way on that host, up to this death,
 * newest first, ms. Of its newest 1000 deaths there, whatever its history.
 */
export async function timesAlike(on: Queryable, death: FoundDeath): Promise<number[]> {
  const { host, comm, diedAt, answer } = death;
  const { rows } = await on.query<{ ms: number }>({
    name: 'times-alike',
    text: `
      select (extract(epoch from died_at) * 1000)::double precision as ms
      from (select died_at, cause, unit, answer -> 'death' as told from deaths
            where host = $1 and comm = $2 and died_at <= $3::timestamptz
            order by died_at desc limit ${mostAlike}) newest
      where cause = $4 and unit is not distinct from $5
        and told ->> 'exe' is not distinct from $6 and told ->> 'signal' is not distinct from $7
        and told ->> 'exitCode' is not distinct from $8
      order by died_at desc`,
    values: [
      ...[host, comm, diedAt, answer.verdict.cause, answer.death.unit, answer.death.exe],
      ...[answer.death.signal, answer.death.exitCode?.toString() ?? null],
    ],
  });
  return rows.map(({ ms }) => ms);
}

/** Zones that the crontabs of a host are read in. */
export async function zonesOf(on: Queryable, host: string): Promise<string[]> {
  const { rows } = await on.query<{ zone: string }>({
    name: 'zones-of-host',
    text: `
      select distinct body ->> 'timeZone' as zone
      from (select body from events where host = $1 and kind = 'cron-job' and kind <> 'death'
            order by at desc limit ${mostEarlier}) newest
      where body ->> 'timeZone' is not null limit ${mostZones}`,
    values: [host],
  });
  return rows.map(({ zone }) => zone);
}
