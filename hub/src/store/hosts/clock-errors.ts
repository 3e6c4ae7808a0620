import type { Queryable } from '../database.ts';

/** Offsets of wall clocks as they are now, ms: the host's minus the hub's; only what is surely wrong. */
export async function clockErrors(
  on: Queryable,
  hosts: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await on.query<{ host: string; offsetMs: number }>({
    name: 'clock-errors',
    text: `
      select distinct on (host) host, offset_ms as "offsetMs" from host_clocks
      where host = any($1::text[]) and abs(offset_ms) > greatest(error_ms, 500)
      order by host, measured_at desc`,
    values: [hosts],
  });
  return new Map(rows.map(({ host, offsetMs }) => [host, offsetMs]));
}

const mostWrong = 20;

/** Hosts whose clocks are off now by more than clocks that are kept are; all of them, or this one. */
export async function wrongClocks(
  on: Queryable,
  host: string | null,
): Promise<{ host: string; offsetMs: number }[]> {
  const { rows } = await on.query<{ host: string; offsetMs: number }>({
    name: host === null ? 'wrong-clocks' : 'wrong-clock',
    text: `
      select host, offset_ms as "offsetMs" from (
        select distinct on (host) host, offset_ms, error_ms, measured_at from host_clocks
        ${host === null ? `where measured_at > now() - interval '1 day'` : 'where host = $1'}
        order by host, measured_at desc) newest
      where abs(offset_ms) - error_ms > 2000
      order by measured_at desc limit ${mostWrong}`,
    values: host === null ? [] : [host],
  });
  return rows;
}
