import type { HostRow } from '@coroner/schema/http/pages';
import { hostClocks } from '@coroner/schema/tables/host-clocks';
import { hosts } from '@coroner/schema/tables/hosts';
import { and, asc, count, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Pool } from '../database.ts';
import { silentAfterSeconds } from '../hosts/silent-hosts.ts';
import { builder, equals } from './drizzle.ts';

const isSilent = sql<boolean>`(${hosts.lastSeenAt} is null
  or ${hosts.lastSeenAt} < now() - make_interval(secs => ${silentAfterSeconds}::integer))`;

/** One host, or those without heartbeats. */
export interface HostFilter {
  host?: string | undefined;
  silent?: true;
  /** A label that it has: `NAME`, or `NAME=VALUE`. */
  label?: string | undefined;
}

/** How many hosts there are, and how many without heartbeats. */
export async function countHosts(pool: Pool): Promise<{ hosts: number; silent: number }> {
  const [row] = await builder(pool)
    .select({ hosts: count(), silent: count(sql`case when ${isSilent} then 1 end`) })
    .from(hosts);
  return row ?? { hosts: 0, silent: 0 };
}

/** Hosts by name, from behind `afterHost` on. */
export function listHosts(
  pool: Pool,
  { host, silent, label }: HostFilter,
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
      silent: isSilent,
      labels: hosts.labels,
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
      and(
        equals(hosts.host, host),
        silent && isSilent,
        label === undefined ? undefined : hasLabel(label),
        afterHost === null ? undefined : gt(hosts.host, afterHost),
      ),
    )
    .orderBy(asc(hosts.host))
    .limit(limit);
}

function hasLabel(label: string): SQL {
  const [, name = label, value] = /^([^=]+)=(.*)$/s.exec(label) ?? [];
  return value === undefined
    ? sql`${hosts.labels} ->> ${name} is not null`
    : sql`${hosts.labels} ->> ${name} = ${value}`;
}
