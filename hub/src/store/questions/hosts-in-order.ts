import type { Queryable } from '../database.ts';

/** The first death of an incident on one host, by the hub's clock as far as that is known. */
export interface FirstDeath {
  host: string;
  /** Milliseconds since 1970. */
  atMs: number;
  /** How far the host's clock may be wrong, ms; null when it was never measured. */
  errorMs: number | null;
}

const mostHosts = 50;

/** The hosts of an incident in the order in which it reached them; the first 50. */
export async function hostsInOrder(on: Queryable, incidentId: string): Promise<FirstDeath[]> {
  const { rows } = await on.query<FirstDeath>({
    name: 'hosts-in-order',
    text: `
      select first.host, (extract(epoch from first.at) * 1000)::double precision as "atMs",
             c.error_ms as "errorMs"
      from (
        select host, min(coalesce(happened_at, died_at)) as at
        from deaths where incident_id = $1
        group by host order by at limit ${mostHosts}) first
      left join lateral (
        select error_ms from host_clocks
        where host = first.host order by measured_at desc limit 1) c on true
      order by first.at, first.host`,
    values: [incidentId],
  });
  return rows;
}
