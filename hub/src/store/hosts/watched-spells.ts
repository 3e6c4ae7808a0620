import type { Queryable } from '../database.ts';
import { silentAfterSeconds } from './silent-hosts.ts';

/** An agent was there and saw the same; times by the host's clock, ms since 1970. */
export interface Spell {
  host: string;
  sinceMs: number;
  /** Null: it is still heard. */
  untilMs: number | null;
  /** The kernel told it of every death. */
  sees: boolean;
}

/** Time of which deaths may be missing. */
export interface Hole {
  host: string;
  sinceMs: number;
  untilMs: number;
}

interface Span {
  since: string;
  until: string;
}

/** What else a gap is of says nothing of deaths: a log, a login record. */
const losing = ['agent', 'spool', 'probe', 'tracefs'];
/** A gap is told at its end; of longer ones only silence is looked for. */
const longestDays = 8;

const sees = ['probe', 'tracefs']
  .flatMap((source) => ['available', 'degraded'].map((state) => [{ source, state }]))
  .map((status) => `w.sources @> '${JSON.stringify(status)}'`)
  .join(' or ');

const ms = (at: string): string => `(extract(epoch from ${at}) * 1000)::double precision`;

/** When agents watched, on one host or all, as far as it reaches into the span; by host and time. */
export async function watchedSpells(
  on: Queryable,
  host: string | undefined,
  { since, until }: Span,
): Promise<Spell[]> {
  const { rows } = await on.query<Spell>({
    name: 'watched-spells',
    text: `
      select host, ${ms('since')} as "sinceMs", sees,
             ${ms('coalesce(lead(since) over (partition by host order by since), heard_until)')} as "untilMs"
      from (
        select h.host, w.since, ${sees} as sees,
               case when h.last_seen_at < now() - make_interval(secs => ${silentAfterSeconds})
                 then h.heartbeat_at + make_interval(secs => ${silentAfterSeconds}) end as heard_until
        from hosts h
        cross join lateral (
          (select since, sources from host_watches
           where host_watches.host = h.host and since <= $2::timestamptz
           order by since desc limit 1)
          union all
          (select since, sources from host_watches
           where host_watches.host = h.host and since > $2::timestamptz
             and since < $3::timestamptz)) w
        where ($1::text is null or h.host = $1)
          and h.heartbeat_at >= $2::timestamptz - make_interval(secs => ${silentAfterSeconds})) spell
      order by host, since`,
    values: [host ?? null, since, until],
  });
  return rows;
}

/**
 * What was lost, or not recorded, in the span. A silence in which the same agent ran on is none:
 * every start of an agent is told, and the spool keeps what it saw.
 */
export async function holesIn(
  on: Queryable,
  host: string | undefined,
  { since, until }: Span,
): Promise<Hole[]> {
  const { rows } = await on.query<Hole>({
    name: `holes-in-${host === undefined ? 'fleet' : 'host'}`,
    text: `
      select host, ${ms('since')} as "sinceMs", ${ms('until')} as "untilMs"
      from (
        select e.host, e.source, e.at, ${span}
        from events e
        where kind = 'gap' ${host === undefined ? 'and $1::text is null' : `and kind <> 'death' and host = $1`}
          and body ->> 'of' = any($4::text[]) and at >= $2::timestamptz
          and at < $3::timestamptz + interval '${longestDays} days'
        union all
        select h.host, e.source, e.at, ${span}
        from hosts h
        cross join lateral (
          select source, at, body from events
          where events.host = h.host and kind = 'gap' and kind <> 'death' and source = 'hub'
            and body ->> 'of' = 'agent' and at >= $3::timestamptz + interval '${longestDays} days'
          order by at limit 1) e
        where $1::text is null or h.host = $1) hole
      where since < $3::timestamptz and until > $2::timestamptz
        and (source <> 'hub' or exists (
          select from events start
          where start.host = hole.host and start.kind = 'agent-start' and start.kind <> 'death'
            and start.at between hole.since and hole.at))`,
    values: [host ?? null, since, until, losing],
  });
  return rows;
}

const span = `(e.body ->> 'since')::timestamptz as since,
              coalesce((e.body ->> 'until')::timestamptz, e.at) as until`;
