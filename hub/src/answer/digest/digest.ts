import { Cause } from '@coroner/schema/cause';
import type { Digest } from '@coroner/schema/http/digest';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { Pool } from '../../store/database.ts';
import { countBegun, countUnresolved } from '../../store/fleet/count-incidents.ts';
import { listIncidents } from '../../store/lists/list-incidents.ts';
import { countWatched } from '../compare/count-watched.ts';
import { stateOf, topOf } from '../compare/order.ts';

const top = 5;
const mostOpen = 10;

/** A period, its end excluded, against the one of the same length before it. */
export async function digest(pool: Pool, from: string, to: string): Promise<Digest> {
  const lengthMs = Date.parse(to) - Date.parse(from);
  const earlier = new Date(Date.parse(from) - lengthMs).toISOString();
  const except = ['exit-ok'] as const;
  const [{ counts, ...watched }, begun, begunBefore, open] = await Promise.all([
    countWatched(
      pool,
      { since: from, before: to, except },
      { since: earlier, before: from, except },
    ),
    countBegun(pool, from, to),
    countBegun(pool, earlier, from),
    unresolved(pool),
  ]);
  const all = counts.find(({ by }) => by === 'all');
  return {
    ...{ from, to, open, watched },
    deaths: {
      ...{ count: all?.count ?? 0, before: all?.before ?? 0 },
      ...(all && { state: stateOf(all) }),
    },
    incidents: { count: begun, before: begunBefore },
    causes: topOf(counts, 'cause').map(({ name, ...count }) => ({
      cause: Cause.parse(name),
      ...count,
    })),
    victims: topOf(counts, 'program', top),
    hosts: topOf(counts, 'host', top),
    users: topOf(counts, 'actor', top),
  };
}

async function unresolved(pool: Pool): Promise<Digest['open']> {
  const [count, open, acknowledged] = await Promise.all([
    countUnresolved(pool),
    listIncidents(pool, { state: 'open', limit: mostOpen }, null),
    listIncidents(pool, { state: 'acknowledged', limit: mostOpen }, null),
  ]);
  const newestFirst = (a: IncidentRow, b: IncidentRow) => (a.lastAt < b.lastAt ? 1 : -1);
  return { count, items: [...open, ...acknowledged].sort(newestFirst).slice(0, mostOpen) };
}
