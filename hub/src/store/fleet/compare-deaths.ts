import type { ComparedBy } from '@coroner/schema/http/compare';
import { deaths } from '@coroner/schema/tables/deaths';
import { sql } from 'drizzle-orm';
import type { Pool } from '../database.ts';
import { builder } from '../lists/drizzle.ts';
import { type CountFilter, conditionOf } from './count-deaths.ts';

/** Deaths under one name in a period, and in an earlier one. */
export interface ComparedCount {
  by: ComparedBy;
  name: string;
  count: number;
  before: number;
  /** How many more in the later period, on hosts that were watched throughout the earlier one. */
  rise: number;
  /** How many fewer, on hosts that were watched throughout the later one. */
  fall: number;
  /** Some of these deaths are of a host that was not watched throughout that period. */
  blindNow: boolean;
  blindBefore: boolean;
}

/** Whether a host was watched throughout each of two periods; of others neither. */
export interface WatchedHost {
  host: string;
  now: boolean;
  before: boolean;
}

/** Names of each kind that are told: a host may run programs of random names. */
const mostEach = 10_000;

/** What Postgres calls the groups of one row: a bit for each column that is not in it. */
const groups = { all: 15, cause: 7, host: 11, program: 13, actor: 14 } as const;

/**
 * Deaths of two periods in all and by cause, host, program and user who did it: one scan of each
 * period, whatever is counted. Those of which nobody did it have no actor.
 */
export async function compareDeaths(
  pool: Pool,
  now: CountFilter,
  before: CountFilter,
  watched: readonly WatchedHost[],
): Promise<ComparedCount[]> {
  const columns = sql`${deaths.cause}, ${deaths.host}, ${deaths.comm}, ${deaths.actorUser}`;
  const hosts = watched.map((each) => ({
    of_host: each.host,
    seen_now: each.now,
    seen_before: each.before,
  }));
  const { rows } = await builder(pool).execute<Record<keyof ComparedCount, unknown>>(sql`
    with counted as (
      select grouping(cause, host, comm, actor_user) as kind,
             coalesce(cause, host, comm, actor_user, 'all') as name,
             count(*) filter (where now)::integer as count,
             count(*) filter (where not now)::integer as before,
             coalesce(sum(case when now then 1 else -1 end) filter (where seen_before), 0)::integer as rise,
             coalesce(sum(case when now then -1 else 1 end) filter (where seen_now), 0)::integer as fall,
             coalesce(bool_or(seen_now is not true), false) as "blindNow",
             coalesce(bool_or(seen_before is not true), false) as "blindBefore"
      from (select true as now, ${columns} from ${deaths} where ${conditionOf(now)}
            union all
            select false, ${columns} from ${deaths} where ${conditionOf(before)}) died
      left join jsonb_to_recordset(${JSON.stringify(hosts)}::jsonb)
        as watched(of_host text, seen_now boolean, seen_before boolean) on of_host = host
      group by grouping sets ((), (cause), (host), (comm), (actor_user))
      having not (grouping(cause, host, comm, actor_user) = ${groups.actor} and actor_user is null)),
    ranked as (
      select *, row_number() over (
        partition by kind order by greatest(count, before) desc, name collate "C") as place
      from counted)
    select case kind when ${groups.all} then 'all' when ${groups.cause} then 'cause'
             when ${groups.host} then 'host' when ${groups.program} then 'program'
             else 'actor' end as by,
           name, count, before, rise, fall, "blindNow", "blindBefore"
    from ranked where place <= ${mostEach}`);
  return rows as unknown as ComparedCount[];
}
