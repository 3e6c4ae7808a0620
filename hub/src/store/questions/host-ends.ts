import { hostItself } from '@coroner/schema/verdict/facts/host-itself';
import type { Queryable } from '../database.ts';
import type { FoundDeath } from './find-deaths.ts';

/** A host that crashed. */
export type HostEnd = Pick<FoundDeath, 'id' | 'host' | 'comm' | 'diedAt' | 'answer'>;

/** Crashes of a host, or of any, in a span of time; the newest first. */
export async function hostEnds(
  on: Queryable,
  { host, since, until }: { host: string | null; since: string; until: string },
  most: number,
): Promise<HostEnd[]> {
  const { rows } = await on.query<HostEnd>({
    name: `host-ends-${host === null ? 'anywhere' : 'of-host'}`,
    text: `
      select id, host, comm, died_at as "diedAt", answer from deaths
      where ${host === null ? '$1::text is null' : 'host = $1'} and comm = $2 and pid = $3
        and unit is null and cause = 'host-crash'
        and died_at between $4::timestamptz and $5::timestamptz
      order by died_at desc limit $6`,
    values: [host, hostItself.comm, hostItself.pid, since, until, most],
  });
  return rows;
}
