import { deaths } from '@coroner/schema/tables/deaths';
import { type Column, type SQL, sql } from 'drizzle-orm';
import type { Pool } from '../database.ts';

/** Texts that deaths are asked for by, and the columns of which one must hold one of them. */
export interface Asked {
  texts: readonly string[];
  columns: readonly Column[];
}

/** Each of these columns has an index of its own that starts with it and ends with the time. */
const nameColumns = [deaths.comm, deaths.exeName, deaths.argv0, deaths.argv0Name, deaths.unit];
const userColumns = [deaths.userName, deaths.actorUser];

export const byNames = (texts: readonly string[]): Asked => ({ texts, columns: nameColumns });
/** Deaths of this user's processes, and deaths that this user caused. */
export const byUser = (user: string): Asked => ({ texts: [user], columns: userColumns });

/**
 * The deaths of which the newest `most` can be, by a scan of one index for each column and text: an
 * `or` would walk back through all of history until a page is full, for what is rare to its end. So
 * would a plan for `=` and the order of time, where it takes a column to have few values; a range can
 * be read in the order of that column's index alone.
 */
export const newestFoundBy = (asked: Asked, more: SQL | undefined, most: number): SQL =>
  sql`${deaths.id} = any(array(${newestIds(asked, more, most)}))`;

/** Their ids. */
export function newestIds({ texts, columns }: Asked, more: SQL | undefined, most: number): SQL {
  const and = more ? sql` and ${more}` : sql``;
  const scans = columns.map(
    (column) => sql`(select ${deaths.id} from ${deaths}
      where ${column} between asked.text and asked.text${and}
      order by ${column}, ${deaths.diedAt} desc, ${deaths.id} desc limit ${most}::integer)`,
  );
  return sql`
    select hit.id from unnest(${sql.param([...texts])}::text[]) as asked(text)
    cross join lateral (${sql.join(scans, sql` union all `)}) hit`;
}

const mostRead = 5_000;

/**
 * The incidents with such a death; null when they are too many to be told: then a walk back finds some soon.
 * In no order: for one, Postgres would read all deaths of the name first.
 */
export async function incidentsFoundBy(pool: Pool, asked: Asked): Promise<string[] | null> {
  const found = asked.columns.map(
    ({ name }) => `(select incident_id from deaths
      where ${name} between asked.text and asked.text and incident_id is not null limit ${mostRead})`,
  );
  const { rows } = await pool.query<{ read: number; ids: string[] | null }>({
    name: `incidents-found-by-${asked.columns.length}`,
    text: `
      select count(*)::integer as read, array_agg(distinct hit.incident_id) as ids
      from unnest($1::text[]) as asked(text) cross join lateral (${found.join(' union all ')}) hit`,
    values: [asked.texts],
  });
  const { read, ids } = rows[0] ?? { read: 0, ids: null };
  return read < mostRead ? (ids ?? []) : null;
}
