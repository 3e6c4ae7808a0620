import type { Queryable } from '../database.ts';
import type { FoundDeath } from './find-deaths.ts';

const mostCounted = 100_000;
/** A manager ends others as long as its host is up: what it did at another time is another story. */
const withinMinutes = 10;

/** What the fleet's history adds to one answer. */
export interface Relations {
  /** Other deaths by the same process at about that time, or in the same incident of one actor. */
  sameActor: number;
  /** Other hosts of the same incident. */
  hosts: string[];
}

export async function relationsOf(on: Queryable, death: FoundDeath): Promise<Relations> {
  const { rows } = await on.query<{ same: number; deaths: number | null; hosts: string[] | null }>({
    name: 'relations',
    text: `
      select (select count(*) from (
                select from deaths
                where actor_key = $1 and died_at between
                  $3::timestamptz - make_interval(mins => ${withinMinutes})
                  and $3::timestamptz + make_interval(mins => ${withinMinutes})
                limit ${mostCounted}) same)::integer as same,
             i.deaths, i.hosts
      from (select) nothing left join incidents i on i.id = $2`,
    values: [death.actorKey, death.incidentId, death.diedAt],
  });
  const row = rows[0];
  const byKey = (row?.same ?? 0) - 1;
  const inIncident = (row?.deaths ?? 0) - 1;
  return {
    sameActor: death.actorKey === null ? 0 : Math.max(byKey, inIncident, 0),
    hosts: (row?.hosts ?? []).filter((host) => host !== death.host),
  };
}
