import type { Pool } from '../database.ts';

/** Incidents that began in the period, its end excluded. */
export async function countBegun(pool: Pool, from: string, to: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'count-begun',
    text: `
      select count(*) as count from incidents
      where last_at >= $1 and first_at >= $1 and first_at < $2
        and merged_into is null and not withdrawn`,
    values: [from, to],
  });
  return rows[0]?.count ?? 0;
}

const mostCounted = 1000;

/** Incidents that are open or acknowledged now; no more than 1000 are counted. */
export async function countUnresolved(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'count-unresolved',
    text: `
      select count(*) as count from (
        select from incidents
        where status in ('open', 'acknowledged') and merged_into is null and not withdrawn
        limit ${mostCounted}) counted`,
  });
  return rows[0]?.count ?? 0;
}
