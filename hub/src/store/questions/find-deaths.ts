import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Queryable } from '../database.ts';

/** A death as the question finds it. */
export interface FoundDeath {
  id: string;
  host: string;
  comm: string;
  diedAt: string;
  actorKey: string | null;
  incidentId: string | null;
  revision: number;
  answer: StoredAnswer;
}

/** What is asked for; at least one of `names` and `pid`. */
export interface DeathFilter {
  /** Names, any of which a death may have: comm, base name of exe, argv[0], unit. */
  names: readonly string[] | null;
  host: string | null;
  pid: number | null;
  since: string | null;
  until: string | null;
}

/** Columns that hold names; each has an index of its own that starts with it and ends with the time. */
const nameColumns = ['comm', 'exe_name', 'argv0', 'argv0_name', 'unit'] as const;

/** The `most` matching deaths, newest first, or oldest first. */
export async function findDeaths(
  on: Queryable,
  filter: DeathFilter,
  order: 'desc' | 'asc',
  most: number,
): Promise<FoundDeath[]> {
  const { conditions, shape, values } = conditionsOf(filter);
  const nearest = (more: readonly string[], before = ''): string =>
    `(select d.id, d.died_at from deaths d where ${[...more, ...conditions].join(' and ')}
      order by ${before} d.died_at ${order} limit $1)`;
  // One ordered index scan for each name and column: an array of names would have to be sorted. As in
  // lists/deaths-found-by.ts, a range lets no plan walk back through all of history instead.
  const sideways = order === 'desc' ? 'asc' : 'desc';
  const branches = filter.names
    ? nameColumns.map(
        (column) => `(select hit.* from unnest($2::text[]) as asked(name) cross join lateral
          ${nearest([`d.${column} between asked.name and asked.name`], `d.${column} ${sideways},`)} hit)`,
      )
    : [nearest(['true'])];
  const { rows } = await on.query<FoundDeath>({
    name: `find-deaths-${shape}-${order}`,
    text: `
      select d.id, d.host, d.comm, d.died_at as "diedAt", d.actor_key as "actorKey",
             d.incident_id as "incidentId", d.revision, d.answer
      from (select id from (${branches.join(' union ')}) every
            order by died_at ${order}, id desc limit $1) hit
      join deaths d on d.id = hit.id
      order by d.died_at ${order}, d.id desc`,
    values: [most, ...values],
  });
  return rows;
}

/** Only conditions that are asked for, so that each combination has a plan of its own. */
function conditionsOf(filter: DeathFilter) {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const shape: string[] = [];
  if (filter.names) {
    values.push(filter.names);
    shape.push('name');
  }
  const add = (name: string, value: unknown, condition: (parameter: string) => string) => {
    if (value === null) return;
    values.push(value);
    conditions.push(condition(`$${values.length + 1}`));
    shape.push(name);
  };
  add('host', filter.host, (parameter) => `d.host = ${parameter}::text`);
  add('pid', filter.pid, (parameter) => `d.pid = ${parameter}::integer`);
  add('since', filter.since, (parameter) => `d.died_at >= ${parameter}::timestamptz`);
  add('until', filter.until, (parameter) => `d.died_at <= ${parameter}::timestamptz`);
  return { conditions, values, shape: shape.join('-') };
}
