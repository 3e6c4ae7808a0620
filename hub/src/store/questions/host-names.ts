import type { Queryable } from '../database.ts';

const mostNames = 5;

/**
 * Known hosts that `text` may mean, by the first of these that any host fits: spelled exactly so, in
 * another case, a short name for a full one or the other way round.
 */
export async function hostsNamed(on: Queryable, text: string): Promise<string[]> {
  const { rows } = await on.query<{ host: string }>({
    name: 'hosts-named',
    text: `
      with exact as (
        select host, 0 as level from hosts where host = $1
      ), fitting as (
        select * from exact
        union all
        select host,
               case when lower(host) = lower($1) then 1
                    when $1 !~ '[.:]' and lower(split_part(host, '.', 1)) = lower($1) then 2
                    when $1 ~ '[a-zA-Z]' and host !~ '[.:]' and
                         lower(host) = lower(split_part($1, '.', 1)) then 2
               end as level
        from hosts where not exists (select from exact))
      select host from fitting
      where level = (select min(level) from fitting)
      order by host limit ${mostNames}`,
    values: [text],
  });
  return rows.map(({ host }) => host);
}

/** Whether an agent reported from that host, or anything is stored of it. */
export async function isHostKnown(on: Queryable, host: string): Promise<boolean> {
  const { rows } = await on.query<{ known: boolean }>({
    name: 'host-known',
    text: `
      select exists (select from hosts where host = $1)
        or exists (select from events where host = $1) as known`,
    values: [host],
  });
  return rows[0]?.known ?? false;
}
