import type { Queryable } from '../database.ts';

/** Those of these ids whose events are stored. */
export async function storedAmong(on: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await on.query<{ id: string }>({
    name: 'stored-among',
    text: 'select id from events where id = any($1::text[])',
    values: [ids],
  });
  return new Set(rows.map(({ id }) => id));
}
