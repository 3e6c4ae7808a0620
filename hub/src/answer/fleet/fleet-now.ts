import type { IncidentStatus } from '@coroner/schema/http/actions';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { HostRow } from '@coroner/schema/http/pages';
import type { Stats } from '@coroner/schema/http/stats';
import type { Pool } from '../../store/database.ts';
import { countByTime } from '../../store/fleet/count-deaths.ts';
import { countHosts, listHosts } from '../../store/lists/list-hosts.ts';
import { incidentPage } from '../pages.ts';
import { withStates } from './hosts.ts';
import { stats } from './stats.ts';

const dayMs = 86_400_000;
const weekSeconds = 604_800;
const mostIncidents = 15;
const mostAway = 100;
const top = 10;

/** The fleet at this moment. */
export interface FleetNow {
  /** Deaths of the last 24 h. */
  day: Stats;
  /** How many there were in the 24 h before. */
  before: number;
  /** The newest, of the state that was asked for. */
  incidents: readonly IncidentRow[];
  hosts: number;
  silent: number;
  /** Hosts without heartbeats, by name; the first 100. */
  away: readonly HostRow[];
}

export async function fleetNow(pool: Pool, state?: IncidentStatus): Promise<FleetNow> {
  const until = new Date().toISOString();
  const since = new Date(Date.parse(until) - dayMs).toISOString();
  const earlier = new Date(Date.parse(since) - dayMs).toISOString();
  const [day, counts, incidents, hosts, away] = await Promise.all([
    stats(pool, { filter: { since, until }, bucket: undefined, top }),
    countByTime(pool, { since: earlier, until: since }, weekSeconds),
    incidentPage(pool, { state, limit: mostIncidents }, null),
    countHosts(pool),
    listHosts(pool, { silent: true }, null, mostAway),
  ]);
  return {
    ...{ day, ...hosts, incidents: incidents.items, away: await withStates(pool, away) },
    before: counts.reduce((sum, { count }) => sum + count, 0),
  };
}
