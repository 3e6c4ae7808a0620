import type { Queryable } from '../store/database.ts';

/**
 * Rows that the scans of this connection have taken from tables so far; the difference tells what a
 * statement cost, whatever the speed of the machine. Within a transaction, for it is counted there.
 */
export async function rowsRead(on: Queryable): Promise<number> {
  const { rows } = await on.query<{ read: number }>(
    'select sum(seq_tup_read + idx_tup_fetch)::integer as read from pg_stat_xact_user_tables',
  );
  return rows[0]?.read ?? Number.NaN;
}
