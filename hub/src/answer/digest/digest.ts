import type { Digest } from '@coroner/schema/http/digest';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { Pool } from '../../store/database.ts';
import {
  type CountFilter,
  countByTime,
  countNamed,
  type Ranked,
  rank,
} from '../../store/fleet/count-deaths.ts';
import { countBegun, countUnresolved } from '../../store/fleet/count-incidents.ts';
import { listIncidents } from '../../store/lists/list-incidents.ts';
import { compared, comparedCauses, total } from './compare.ts';

const top = 5;
const mostOpen = 10;
const weekSeconds = 604_800;

/** A period, its end excluded, against the one of the same length before it. */
export async function digest(pool: Pool, from: string, to: string): Promise<Digest> {
  const lengthMs = Date.parse(to) - Date.parse(from);
  const earlier = new Date(Date.parse(from) - lengthMs).toISOString();
  const now: CountFilter = { since: from, before: to, except: ['exit-ok'] };
  const before: CountFilter = { since: earlier, before: from, except: ['exit-ok'] };
  const ranked = async (what: Ranked) => {
    const most = await rank(pool, what, now, top);
    const names = most.map(({ name }) => name);
    return compared(most, await countNamed(pool, what, before, names));
  };
  const [counts, countsBefore, begun, begunBefore, victims, hosts, users, open] = await Promise.all(
    [
      countByTime(pool, now, weekSeconds),
      countByTime(pool, before, weekSeconds),
      countBegun(pool, from, to),
      countBegun(pool, earlier, from),
      ranked('victims'),
      ranked('hosts'),
      ranked('users'),
      unresolved(pool),
    ],
  );
  return {
    ...{ from, to, victims, hosts, users, open },
    deaths: { count: total(counts), before: total(countsBefore) },
    incidents: { count: begun, before: begunBefore },
    causes: comparedCauses(counts, countsBefore),
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
