import type { Queryable } from '../store/database.ts';
import { silentHosts } from '../store/hosts/silent-hosts.ts';

/** Hosts that were not heard when the question points there: the death asked for may have gone unseen. */
export async function gapsOfSilence(
  on: Queryable,
  host: string | null,
  at: string | null,
): Promise<string[]> {
  const silent = await silentHosts(on, host, at);
  return silent.map((one) =>
    one.lastSeenAt === null
      ? `no agent has reported from ${one.host}`
      : `no heartbeat of ${one.host} since ${one.lastSeenAt}`,
  );
}
