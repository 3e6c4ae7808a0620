import { IncidentPage, type IncidentRow } from '@coroner/schema/http/incidents';
import { HostPage, type HostRow } from '@coroner/schema/http/pages';
import { Stats } from '@coroner/schema/http/stats';
import type { HubClient } from '../../hub-client/hub-client.ts';

const dayMs = 24 * 3_600_000;
const mostHosts = 1000;
const shownIncidents = 8;

/** The fleet as it is now: what the Home tab shows. */
export interface Glance {
  hosts: number;
  /** There are more hosts than were counted. */
  more: boolean;
  silent: HostRow[];
  /** Known from old logs alone. */
  withoutAgent: string[];
  day: Stats;
  /** The newest of the last day. */
  incidents: IncidentRow[];
}

/** Rejects with the client's HubError alone. */
export async function glance(hub: HubClient, now: Date): Promise<Glance> {
  const since = new Date(now.getTime() - dayMs).toISOString();
  const [hosts, day, incidents] = await Promise.all([
    hub.get('v1/hosts', { limit: mostHosts }, HostPage),
    hub.get('v1/stats', { since, until: now.toISOString() }, Stats),
    hub.get('v1/incidents', { since, limit: shownIncidents }, IncidentPage),
  ]);
  const heard = hosts.items.filter(({ lastSeenAt }) => lastSeenAt !== null);
  return {
    hosts: heard.length,
    more: hosts.next !== null,
    silent: heard.filter(({ silent }) => silent),
    withoutAgent: hosts.items
      .filter(({ lastSeenAt }) => lastSeenAt === null)
      .map(({ host }) => host),
    day,
    incidents: incidents.items,
  };
}
