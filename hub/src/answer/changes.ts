import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { DeathRow } from '@coroner/schema/http/pages';
import { type Change, changesAfter, changesState } from '../store/changes.ts';
import type { Pool } from '../store/database.ts';
import { deathsById } from '../store/lists/list-deaths.ts';
import { type IncidentFacts, incidentsById } from '../store/lists/list-incidents.ts';

/** What subscribers of the stream hear of, numbered in the order of the commits. */
export type ChangeItem = { seq: number } & (
  | { event: 'death'; data: DeathRow }
  | { event: 'incident'; data: IncidentRow }
);

/** What a subscriber wants to hear of; `state` is of incidents. */
export interface ChangeFilter extends IncidentFacts {
  only?: Change['kind'] | undefined;
}

const mostAtOnce = 500;

/** Where a subscriber begins: behind `seq`, or at the end. `missed` when changes behind `seq` are gone. */
export async function startOfChanges(
  pool: Pool,
  seq: number | null,
): Promise<{ seq: number; missed: boolean }> {
  const { newest, known } = await changesState(pool, seq ?? 0);
  if (seq === null) return { seq: newest, missed: false };
  if (known) return { seq, missed: false };
  // Of a time before the oldest that is kept, or of another database.
  return { seq: seq > newest ? newest : seq, missed: true };
}

/** The next changes behind `seq` that fit, as things are now: each death and incident once. */
export async function nextChanges(
  pool: Pool,
  seq: number,
  { only, ...facts }: ChangeFilter = {},
): Promise<{ items: ChangeItem[]; seq: number; more: boolean }> {
  const changes = await changesAfter(pool, seq, mostAtOnce);
  const last = new Map(changes.map((change) => [`${change.kind} ${change.id}`, change]));
  const idsOf = (kind: Change['kind']): string[] =>
    only !== undefined && only !== kind
      ? []
      : [...new Set(changes.filter((change) => change.kind === kind).map(({ id }) => id))];
  const [deathIds, incidentIds] = [idsOf('death'), idsOf('incident')];
  const [deaths, incidents] = await Promise.all([
    deathIds.length > 0 ? deathsById(pool, deathIds, facts) : [],
    incidentIds.length > 0 ? incidentsById(pool, incidentIds, facts) : [],
  ]);
  const deathOf = new Map(deaths.map((death) => [death.id, death]));
  const incidentOf = new Map(incidents.map((incident) => [incident.id, incident]));
  const items = [...last.values()]
    .sort((a, b) => a.seq - b.seq)
    .flatMap((change): ChangeItem[] => {
      const death = change.kind === 'death' ? deathOf.get(change.id) : undefined;
      if (death) return [{ seq: change.seq, event: 'death', data: death }];
      const incident = change.kind === 'incident' ? incidentOf.get(change.id) : undefined;
      return incident ? [{ seq: change.seq, event: 'incident', data: incident }] : [];
    });
  return { items, seq: changes.at(-1)?.seq ?? seq, more: changes.length === mostAtOnce };
}
