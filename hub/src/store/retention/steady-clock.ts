import type { Queryable } from '../database.ts';

/** Hubs look every ten minutes; between two looks a clock that nobody set goes on by about as much. */
const longestMinutes = 60;

/**
 * Notes that somebody looked at Postgres's clock now. How many hours it has gone on steadily, and
 * whether this look found it elsewhere than the one before left it.
 */
export async function steadySince(on: Queryable): Promise<{ hours: number; jumped: boolean }> {
  const { rows } = await on.query<{ hours: number; jumped: boolean }>({
    name: 'steady-since',
    text: `
      with before as (
        select case when count(*) = 0 then null
          else bool_or(now() not between seen_at and seen_at + interval '${longestMinutes} minutes')
          end as jumped
        from steady_clock
      ), noted as (
        insert into steady_clock as c (id, seen_at, since)
        values (true, now(), now())
        on conflict (id) do update set seen_at = excluded.seen_at,
          since = case when (select jumped from before) then excluded.since else c.since end
        returning since
      )
      select (extract(epoch from now() - since) / 3600)::double precision as hours,
             coalesce(jumped, false) as jumped
      from noted, before`,
  });
  const [noted] = rows;
  if (!noted) throw new Error('the row of the steady clock was not written');
  return noted;
}
