import type { HostPage, HostRow } from '@coroner/schema/http/pages';
import type { Pool, Queryable } from '../../store/database.ts';
import { hostTurns } from '../../store/hosts/host-turns.ts';
import { type HostFilter, listHosts } from '../../store/lists/list-hosts.ts';
import { nextCursor } from '../cursor.ts';
import { hostState, type Presence } from './host-state.ts';

/** Hosts by name, each with its state. */
export async function hostPage(
  pool: Pool,
  { limit, ...filter }: Pick<HostFilter, 'host' | 'label'> & { limit: number },
  afterHost: string | null,
): Promise<HostPage> {
  const items = await withStates(pool, await listHosts(pool, filter, afterHost, limit));
  return { items, next: nextCursor(items, limit, (row) => [row.host]) };
}

/** Each with its state. */
export async function withStates(
  pool: Pool,
  rows: Awaited<ReturnType<typeof listHosts>>,
): Promise<HostRow[]> {
  const states = await statesOf(pool, rows);
  return rows.map(({ heartbeatAt: _, ...row }) => {
    const state = states.get(row.host);
    return state ? { ...row, state } : row;
  });
}

/** The state of each of these hosts, by name. */
export async function statesOf(on: Queryable, hosts: readonly Presence[]) {
  const turns = await hostTurns(
    on,
    hosts.map(({ host }) => host),
  );
  const byHost = new Map(turns.map((each) => [each.host, each]));
  const nowMs = Date.now();
  return new Map(
    hosts.map((presence) => {
      const { host } = presence;
      const none = {
        host,
        boot: null,
        shutdown: null,
        stop: null,
        request: null,
        silence: null,
        restartedAt: null,
      };
      return [host, hostState(presence, byHost.get(host) ?? none, nowMs)];
    }),
  );
}
