import type { Queryable } from '../database.ts';

/** A time without heartbeats that is over; by the host's own clock. */
export interface PastSilence {
  host: string;
  since: string;
  until: string;
}

const mostNamed = 5;
/** A death just before a silence, or after it, may be in what was lost with it. */
const aboutSeconds = 60;

/** Hosts (one, or all) that were not heard around `at` and are heard again. */
export async function pastSilences(
  on: Queryable,
  host: string | null,
  at: string,
): Promise<PastSilence[]> {
  const { rows } = await on.query<PastSilence>({
    name: 'past-silences',
    text: `
      select h.host, e.since, e.at as until
      from hosts h
      cross join lateral (
        select at, (body ->> 'since')::timestamptz as since from events
        where events.host = h.host and kind = 'gap' and kind <> 'death' and source = 'hub'
          and body ->> 'of' = 'agent'
          and at >= $2::timestamptz - make_interval(secs => ${aboutSeconds})
        order by at limit 1) e
      where ($1::text is null or h.host = $1)
        and e.since <= $2::timestamptz + make_interval(secs => ${aboutSeconds})
      order by e.since desc limit ${mostNamed}`,
    values: [host, at],
  });
  return rows;
}
