import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type { Queryable } from '../database.ts';

/** What a host's newest heartbeat says about what is watched there. */
export interface HostWatch {
  host: string;
  /** Of the newest heartbeat, by the host's clock. */
  heartbeatAt: string | null;
  sources: SourceStatus[];
}

export async function loadHostWatch(
  on: Queryable,
  hosts: readonly string[],
): Promise<Map<string, HostWatch>> {
  const { rows } = await on.query<HostWatch>({
    name: 'host-watch',
    text: `select host, heartbeat_at as "heartbeatAt", sources from hosts where host = any($1)`,
    values: [hosts],
  });
  return new Map(rows.map((row) => [row.host, row]));
}
