import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { TimelineItem } from '@coroner/schema/http/timeline';
import type { Pool } from '../store/database.ts';
import { listTimeline } from '../store/fleet/list-timeline.ts';
import { clockErrors } from '../store/hosts/clock-errors.ts';

const mostItems = 300;
/** Where the search is wider than what is shown, since clocks are wrong. */
const mostSearched = 1_000;
const mostHosts = 50;
/** What happened shortly before may have led to it. */
const beforeMs = 120_000;
const afterMs = 60_000;

/** What happened around an incident on its hosts (its first 50), in the order of the hub's clock. */
export async function incidentTimeline(
  pool: Pool,
  { hosts, firstAt, lastAt }: Pick<IncidentRow, 'hosts' | 'firstAt' | 'lastAt'>,
): Promise<TimelineItem[]> {
  const shown = hosts.slice(0, mostHosts);
  const offsets = await clockErrors(pool, shown);
  const widestMs = Math.max(0, ...[...offsets.values()].map(Math.abs));
  const sinceMs = Date.parse(firstAt) - beforeMs;
  const untilMs = Date.parse(lastAt) + afterMs;
  const filter = {
    hosts: shown,
    since: new Date(sinceMs - widestMs).toISOString(),
    until: new Date(untilMs + widestMs).toISOString(),
    limit: widestMs > 0 ? mostSearched : mostItems,
  };
  const items = await listTimeline(pool, filter, 'asc', null);
  if (widestMs === 0) return items;
  return items
    .map((item) => corrected(item, offsets.get(item.host)))
    .filter((item) => timeMs(item) >= sinceMs && timeMs(item) <= untilMs)
    .sort((a, b) => timeMs(a) - timeMs(b))
    .slice(0, mostItems);
}

function corrected(item: TimelineItem, offsetMs: number | undefined): TimelineItem {
  if (offsetMs === undefined) return item;
  return { ...item, happenedAt: new Date(Date.parse(item.at) - offsetMs).toISOString() };
}

const timeMs = ({ at, happenedAt }: TimelineItem): number => Date.parse(happenedAt ?? at);
