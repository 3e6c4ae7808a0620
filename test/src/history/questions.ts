import type { Pool } from '@coroner/hub/dist/store/database.js';

/** A death that is stored, to ask about. */
interface Known {
  id: string;
  host: string;
  comm: string;
  pid: number;
  at: string;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const near = (at: string, byMs: number): string => new Date(Date.parse(at) + byMs).toISOString();
const path = (base: string, query: Record<string, string | number>): string =>
  `${base}?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))}`;

/** What people ask, by what they know. */
export const questions: Record<string, (known: Known) => string> = {
  'why: process and host': ({ comm, host }) => path('/v1/why', { process: comm, host }),
  'why: process, host and time': ({ comm, host, at }) =>
    path('/v1/why', { process: comm, host, at: near(at, minuteMs) }),
  'why: process alone': ({ comm }) => path('/v1/why', { process: comm }),
  'why: pid and host': ({ pid, host }) => path('/v1/why', { pid, host }),
  'why: a part of the name': ({ comm, host }) => path('/v1/why', { process: comm.slice(1), host }),
  'why: a name nobody has': ({ comm, host }) => path('/v1/why', { process: `${comm}zz`, host }),
  'a death': ({ id }) => `/v1/deaths/${id}`,
  'deaths of a day': ({ host, at }) =>
    path('/v1/deaths', { host, since: near(at, -dayMs), until: at }),
  'timeline of a host, a day': ({ host, at }) =>
    path(`/v1/hosts/${host}/timeline`, { since: near(at, -dayMs), until: at }),
  search: ({ comm }) => path('/v1/search', { q: comm }),
  'newest incidents': () => '/v1/incidents',
  'events of a host': ({ host }) => path('/v1/events', { host }),
};

export async function knownDeaths(pool: Pool, most: number): Promise<Known[]> {
  const { rows } = await pool.query<Known>(
    `select id, host, comm, pid, to_char(died_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
     from deaths order by md5(id) limit $1`,
    [most],
  );
  return rows;
}
