import type { Pool } from '@coroner/hub/dist/store/database.js';

interface Size {
  name: string;
  rows: number;
  tableBytes: number;
  indexBytes: number;
}

/** What the large tables take on disk, TOAST with the table. */
export async function sizes(pool: Pool): Promise<Size[]> {
  const { rows } = await pool.query<Size>(`
    select relname as name, greatest(n_live_tup, 1)::integer as rows,
           pg_table_size(relid)::double precision as "tableBytes",
           pg_indexes_size(relid)::double precision as "indexBytes"
    from pg_stat_user_tables where relname in ('events', 'deaths', 'incidents') order by 1`);
  return rows;
}
