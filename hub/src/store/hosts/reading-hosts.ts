import type { Queryable } from '../database.ts';

const mostNamed = 5;

/** Hosts (one, or all) whose agent still reads what they remember from before it, and how much is read. */
export async function readingHosts(
  on: Queryable,
  host: string | null,
): Promise<{ host: string; percent: number }[]> {
  const { rows } = await on.query<{ host: string; percent: number }>({
    name: 'reading-hosts',
    text: `
      select host, (source ->> 'percent')::float8 as percent
      from hosts cross join jsonb_array_elements(sources) as source
      where ($1::text is null or host = $1) and source ->> 'source' = 'backfill'
        and source ->> 'percent' is not null
      order by host limit ${mostNamed}`,
    values: [host],
  });
  return rows;
}
