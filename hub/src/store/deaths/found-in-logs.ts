import type { Queryable } from '../database.ts';

/** The time of the database, with which deaths are stored. */
export async function databaseTime(on: Queryable): Promise<string> {
  const { rows } = await on.query<{ now: string }>('select now()');
  return rows[0]?.now ?? new Date().toISOString();
}

/** How many deaths of a host were found in logs since then, by whichever hub looked first. */
export async function foundInLogsSince(
  on: Queryable,
  host: string,
  since: string,
): Promise<number> {
  const { rows } = await on.query<{ found: number }>({
    name: 'found-in-logs-since',
    text: `
      select count(*)::integer as found from deaths
      where host = $1 and from_log and stored_at >= $2`,
    values: [host, since],
  });
  return rows[0]?.found ?? 0;
}
