import type { HostRow } from '@coroner/schema/http/pages';
import { hostClocks } from '@coroner/schema/tables/host-clocks';
import { hosts } from '@coroner/schema/tables/hosts';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Pool } from '../database.ts';
import { silentAfterSeconds } from '../hosts/silent-hosts.ts';
import { builder, equals } from './drizzle.ts';

/** Hosts by name, from behind `afterHost` on. */
export function listHosts(
  pool: Pool,
  host: string | undefined,
  afterHost: string | null,
  limit: number,
): Promise<(HostRow & { heartbeatAt: string | null })[]> {
  return builder(pool)
    .select({
      host: hosts.host,
      bootId: hosts.bootId,
      kernel: hosts.kernel,
      os: hosts.os,
      agent: hosts.agent,
      lastSeenAt: hosts.lastSeenAt,
      heartbeatAt: hosts.heartbeatAt,
      silent: sql<boolean>`${hosts.lastSeenAt} is null
        or ${hosts.lastSeenAt} < now() - make_interval(secs => ${silentAfterSeconds}::integer)`,
      sources: hosts.sources,
      clock: {
        offsetMs: hostClocks.offsetMs,
        errorMs: hostClocks.errorMs,
        measuredAt: hostClocks.measuredAt,
      },
    })
    .from(hosts)
    .leftJoin(
      hostClocks,
      and(
        eq(hostClocks.host, hosts.host),
        sql`${hostClocks.measuredAt} = (
          select max(measured_at) from host_clocks newest where newest.host = ${hosts.host})`,
      ),
    )
    .where(
      and(equals(hosts.host, host), afterHost === null ? undefined : gt(hosts.host, afterHost)),
    )
    .orderBy(asc(hosts.host))
    .limit(limit);
}
