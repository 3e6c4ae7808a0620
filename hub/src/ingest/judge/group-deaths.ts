import { assignIncidents } from '../../correlate/assign.ts';
import { type Incident, type Newcomer, opens } from '../../correlate/incident.ts';
import type { IncidentKey } from '../../correlate/key.ts';
import { incidentTitle } from '../../correlate/title.ts';
import type { Transaction } from '../../store/database.ts';
import { loadIncidents, type WantedKey } from '../../store/incidents/load-incidents.ts';
import type { Merger } from '../../store/incidents/merge-incidents.ts';
import { lock } from '../../store/lock.ts';
import { shifted } from '../decode/instant.ts';
import type { Judged } from './judge-deaths.ts';
import { type KeyedDeath, keyedDeaths, memberOf, reachMs } from './keyed.ts';
import {
  disown,
  emptied,
  formerKeys,
  heirOf,
  incidentsInDoubt,
  type Now,
  type Place,
} from './regroup.ts';
import { offer, storedFollowers, storedLeaders } from './relatives.ts';

interface Move {
  deathId: string;
  incidentId: string | null;
  wasIn: string | null;
}

/** Incidents that a batch opened or changed, and the incident of each death that joined one. */
export interface Grouped {
  incidentOf: Map<string, string>;
  changed: Incident[];
  /** Stored incidents that turned out to be part of an earlier one. */
  mergers: Merger[];
  /** Incidents that were made anew. */
  anew: string[];
  /** Those that turned out to be none. */
  withdrawn: string[];
  /** Deaths that were not judged now and are in another incident now than they were in. */
  moved: Move[];
  /** Those that changed by more than deaths of long ago and deaths that were expected. */
  alerting: Set<string>;
  /** Those that deaths joined which alert nobody by themselves. */
  followed: Set<string>;
}

/**
 * Finds the incident of each judged death that alerts, and takes up new answers for the first deaths
 * of incidents. A death that was judged anew may show that its incident is part of another, or that
 * the incident was none. `places` is where deaths were that are known already. Stores nothing yet:
 * the deaths must be there first.
 */
export async function groupDeaths(
  transaction: Transaction,
  judged: readonly Judged[],
  places: readonly Place[],
): Promise<Grouped> {
  const grouped: Grouped = {
    ...{ incidentOf: new Map(), changed: [], mergers: [] },
    ...{ anew: [], withdrawn: [], moved: [], alerting: new Set(), followed: new Set() },
  };
  const keyed = await keyedDeaths(transaction, judged.map(memberOf));
  const now = new Map(keyed.map((death) => [death.deathId, death]));
  const inDoubt = incidentsInDoubt(places, now);
  const newcomers = judged.flatMap((one) => newcomer(one, now, places, inDoubt));
  if (newcomers.length === 0 && places.length === 0) return grouped;
  const leaders = await storedLeaders(transaction, newcomers);
  const followers = await storedFollowers(transaction, newcomers);

  const keys = [
    ...newcomers.flatMap((one) => wantedKeys(one, one.keys)),
    ...places.flatMap((place) => {
      const death = now.get(place.judged.death.id);
      return death ? wantedKeys(death, formerKeys(place, now)) : [];
    }),
  ];
  await lock(
    transaction,
    'incident',
    keys.map(({ key }) => key),
  );
  const ids = [...places, ...leaders].map(({ incidentId }) => incidentId);
  const known = await loadIncidents(transaction, { keys, ids });
  for (const { death, incidentId } of leaders)
    for (const incident of known) if (incident.id === incidentId) offer(incident, death);

  const changed = new Set(known.filter((incident) => takeUpAnswer(incident, judged, places)));
  const anew = known.filter(({ id }) => inDoubt.has(id));
  const regrouping = await emptied(transaction, anew, places);
  const keysBefore = new Map(known.map((incident) => [incident, incident.keys.size]));
  const pulled = [...followers, ...regrouping.members];
  const { incidentOf, merged } = assignIncidents(known, [...newcomers, ...pulled]);
  for (const incident of changedBy(newcomers, incidentOf, keysBefore)) changed.add(incident);
  for (const incident of anew) changed.add(incident);
  grouped.anew = anew.map(({ id }) => id);
  grouped.moved = movesOf(pulled, incidentOf);
  for (const { deathId } of grouped.moved) {
    const incident = incidentOf.get(deathId);
    if (incident) changed.add(incident);
  }
  for (const incident of anew.filter(({ deaths }) => deaths === 0)) {
    const heir = heirOf(incidentOf, regrouping.former.get(incident) ?? []);
    disown(incident, heir);
    if (heir) merged.set(incident, heir);
    else grouped.withdrawn.push(incident.id);
  }
  for (const [incident, into] of merged) {
    const isStored = incident.revision > 0;
    if (isStored) grouped.mergers.push({ id: incident.id, into: into.id });
    if (isStored) changed.add(incident);
    else changed.delete(incident);
    incident.title = `${incident.title} (part of: ${into.title})`;
  }
  for (const incident of changed) incident.revision += 1;
  grouped.changed = [...changed];
  for (const [deathId, incident] of incidentOf) grouped.incidentOf.set(deathId, incident.id);
  for (const { death, judgement } of judged) {
    const id = grouped.incidentOf.get(death.id);
    if (!id || death.event.backfilled || judgement.answer.expected) continue;
    const keyed = now.get(death.id);
    (keyed && opens(keyed) ? grouped.alerting : grouped.followed).add(id);
  }
  for (const { id } of grouped.mergers) grouped.alerting.add(id);
  return grouped;
}

function newcomer(
  one: Judged,
  now: Now,
  places: readonly Place[],
  inDoubt: ReadonlySet<string>,
): KeyedDeath[] {
  const { known, id } = one.death;
  const death = now.get(id);
  if (!death || death.keys.length === 0) return [];
  const incidentId = places.find(({ judged }) => judged === one)?.incidentId ?? null;
  const isLeft = incidentId !== null && inDoubt.has(incidentId);
  return [
    {
      ...death,
      incidentId: isLeft ? null : incidentId,
      wasIn: isLeft ? incidentId : null,
      again: known && `revision ${known.revision}`,
    },
  ];
}

/** Where incidents with these keys may lie in time. */
function wantedKeys({ diedAt, errorMs }: KeyedDeath, keys: readonly IncidentKey[]): WantedKey[] {
  return keys
    .filter(({ role }) => role !== 'offers')
    .map((key) => {
      const reach = reachMs(key) + errorMs;
      return { key: key.key, since: shifted(diedAt, -reach), until: shifted(diedAt, reach) };
    });
}

/** Incidents that got a death, or a key by one that they had. */
function changedBy(
  newcomers: readonly Newcomer[],
  incidentOf: ReadonlyMap<string, Incident>,
  keysBefore: ReadonlyMap<Incident, number>,
): Incident[] {
  return newcomers.flatMap(({ deathId, incidentId }) => {
    const incident = incidentOf.get(deathId);
    if (!incident) return [];
    const stays = incident.id === incidentId && incident.keys.size === keysBefore.get(incident);
    return stays ? [] : [incident];
  });
}

function movesOf(deaths: readonly KeyedDeath[], incidentOf: ReadonlyMap<string, Incident>): Move[] {
  return deaths.flatMap(({ deathId, wasIn = null }) => {
    const incidentId = incidentOf.get(deathId)?.id ?? null;
    return wasIn === incidentId ? [] : [{ deathId, incidentId, wasIn }];
  });
}

/** Whether the incident's first death was judged: then title and cause follow it. */
function takeUpAnswer(
  incident: Incident,
  judged: readonly Judged[],
  places: readonly Place[],
): boolean {
  const { deathId } = incident;
  const first =
    places.find((place) => place.deathId === deathId)?.judged ??
    judged.find(({ death }) => death.id === deathId);
  if (!first) return false;
  const { answer } = first.judgement;
  incident.deathId = first.death.id;
  incident.first = answer;
  incident.cause = answer.verdict.cause;
  incident.title = incidentTitle(answer, incident.deaths, incident.hosts, incident.lastAt);
  return true;
}
