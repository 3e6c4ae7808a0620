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
