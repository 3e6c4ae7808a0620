import type { HostRow } from '@coroner/schema/http/pages';
import { hosts } from '@coroner/schema/tables/hosts';
import { and, asc, gt, sql } from 'drizzle-orm';
import type { Pool } from '../database.ts';
import { silentAfterSeconds } from '../hosts/silent-hosts.ts';
import { builder, equals } from './drizzle.ts';

/** Hosts by name, from behind `afterHost` on. */
export function listHosts(
  pool: Pool,
  host: string | undefined,
  afterHost: string | null,
  limit: number,
): Promise<HostRow[]> {
  return builder(pool)
    .select({
      host: hosts.host,
      bootId: hosts.bootId,
      kernel: hosts.kernel,
      os: hosts.os,
      agent: hosts.agent,
      lastSeenAt: hosts.lastSeenAt,
      silent: sql<boolean>`${hosts.lastSeenAt} is null
        or ${hosts.lastSeenAt} < now() - make_interval(secs => ${silentAfterSeconds}::integer)`,
      sources: hosts.sources,
    })
    .from(hosts)
    .where(
      and(equals(hosts.host, host), afterHost === null ? undefined : gt(hosts.host, afterHost)),
    )
    .orderBy(asc(hosts.host))
    .limit(limit);
}
