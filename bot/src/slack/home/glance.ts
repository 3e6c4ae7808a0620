import type { HubClient } from '@coroner/schema/client/hub-client';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { HostRow } from '@coroner/schema/http/pages';
import type { Stats } from '@coroner/schema/http/stats';

const dayMs = 24 * 3_600_000;
const mostHosts = 1000;
const shownOpen = 8;
const shownAcknowledged = 5;

/** What somebody has to see to, each list newest first. */
export interface Unresolved {
  open: IncidentRow[];
  /** There are more than these. */
  moreOpen: boolean;
  acknowledged: IncidentRow[];
}

/** The fleet as it is now: what the Home tab shows. */
export interface Glance extends Unresolved {
  madeAt: string;
  hosts: number;
  /** There are more hosts than were counted. */
  more: boolean;
  silent: HostRow[];
  /** Known from old logs alone. */
  withoutAgent: string[];
  day: Stats;
}

/** Rejects with the client's HubError alone, as all of these. */
export async function unresolved(hub: HubClient): Promise<Unresolved> {
  const [open, acknowledged] = await Promise.all([
    hub.call('GET /v1/incidents', { query: { state: 'open', limit: shownOpen } }),
    hub.call('GET /v1/incidents', { query: { state: 'acknowledged', limit: shownAcknowledged } }),
  ]);
  return { open: open.items, moreOpen: open.next !== null, acknowledged: acknowledged.items };
}

export async function glance(hub: HubClient, now: Date): Promise<Glance> {
  const since = new Date(now.getTime() - dayMs).toISOString();
  const [hosts, day, incidents] = await Promise.all([
    hub.call('GET /v1/hosts', { query: { limit: mostHosts } }),
    hub.call('GET /v1/stats', { query: { since, until: now.toISOString() } }),
    unresolved(hub),
  ]);
  const heard = hosts.items.filter(({ lastSeenAt }) => lastSeenAt !== null);
  return {
    ...incidents,
    madeAt: now.toISOString(),
    hosts: heard.length,
    more: hosts.next !== null,
    silent: heard.filter(({ silent }) => silent),
    withoutAgent: hosts.items
      .filter(({ lastSeenAt }) => lastSeenAt === null)
      .map(({ host }) => host),
    day,
  };
}

/** The same for two that differ in no incident's state. */
export function standingOf({ open, moreOpen, acknowledged }: Unresolved): string {
  const all = [...open, ...acknowledged];
  return JSON.stringify([moreOpen, ...all.map(({ id, state }) => [id, state?.action?.id ?? null])]);
}
