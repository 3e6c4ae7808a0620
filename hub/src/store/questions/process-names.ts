import type { Queryable } from '../database.ts';

const mostNames = 200;
const mostCandidates = 5_000;

/** Known names that contain `text`, whatever its case; the shortest first. */
export async function namesContaining(on: Queryable, text: string): Promise<string[]> {
  const { rows } = await on.query<{ name: string }>({
    name: 'names-containing',
    text: `
      select name from process_names where position(lower($1) in lower(name)) > 0
      order by length(name), name limit ${mostNames}`,
    values: [text],
  });
  return rows.map((row) => row.name);
}

/** Known names of about the length of `text`, among which a mistyped one may be. */
export async function namesOfLength(
  on: Queryable,
  shortest: number,
  longest: number,
): Promise<string[]> {
  const { rows } = await on.query<{ name: string }>({
    name: 'names-of-length',
    text: `
      select name from process_names where length(name) between $1 and $2
      order by name limit ${mostCandidates}`,
    values: [shortest, longest],
  });
  return rows.map((row) => row.name);
}
