import type { Cause } from '@coroner/schema/cause';
import { stableId } from '@coroner/schema/identity';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { IncidentKey } from './keys.ts';
import { incidentTitle } from './title.ts';

/** An incident as it is known before or after a batch. */
export interface Incident {
  id: string;
  title: string;
  cause: Cause;
  firstAt: string;
  lastAt: string;
  deaths: number;
  hosts: string[];
  revision: number;
  /** The first death, and its answer. */
  deathId: string;
  first: StoredAnswer;
  /** When a death last came with each key. */
  keys: Map<string, string>;
}

/** A death that alerts: it has no incident yet, or was judged anew and may have other keys now. */
export interface Newcomer {
  deathId: string;
  host: string;
  diedAt: string;
  answer: StoredAnswer;
  keys: readonly IncidentKey[];
  /** The incident that it is in already, which is among the known ones. */
  incidentId?: string | null;
}

export interface Assignment {
  /** The incident of each newcomer, by death id. */
  incidentOf: Map<string, Incident>;
  /** Incidents that a newcomer showed to be part of an earlier one, with that one. */
  merged: Map<Incident, Incident>;
}

/**
 * Puts each newcomer into the incident that shares a key within its window, or into a new one named
 * after it. A newcomer that belongs to several, its own among them, makes them one: the earliest
 * takes up the others.
 * Changes and extends `known`; its cost depends on the newcomers and on what shares their keys.
 */
export function assignIncidents(known: Incident[], newcomers: readonly Newcomer[]): Assignment {
  const byKey = new Map<string, Incident[]>();
  for (const incident of known)
    for (const key of incident.keys.keys()) remember(byKey, key, incident);
  const byId = new Map(known.map((incident) => [incident.id, incident]));
  const merged = new Map<Incident, Incident>();
  const assigned = new Map<string, Incident>();
  const inOrder = [...newcomers].sort(
    (a, b) => compare(a.diedAt, b.diedAt) || compare(a.deathId, b.deathId),
  );
  for (const newcomer of inOrder) {
    const own = byId.get(newcomer.incidentId ?? '');
    const places = matches(byKey, merged, newcomer);
    if (own) places.add(survivor(merged, own));
    const [found, ...others] = [...places].sort(earliestFirst);
    const incident = found ?? open(newcomer);
    if (!found) known.push(incident);
    else if (!own) join(found, newcomer);
    for (const other of others) {
      takeUp(incident, other);
      merged.set(other, incident);
      for (const key of other.keys.keys()) remember(byKey, key, incident);
    }
    for (const { key } of newcomer.keys) {
      if (!incident.keys.has(key)) remember(byKey, key, incident);
      keep(incident.keys, key, newcomer.diedAt);
    }
    assigned.set(newcomer.deathId, incident);
  }
  const incidentOf = new Map([...assigned].map(([id, one]) => [id, survivor(merged, one)]));
  for (const incident of new Set(incidentOf.values()))
    incident.title = incidentTitle(
      incident.first,
      incident.deaths,
      incident.hosts,
      incident.lastAt,
    );
  for (const [other, into] of [...merged]) merged.set(other, survivor(merged, into));
  return { incidentOf, merged };
}

/** Every incident that shares a key within its window. */
function matches(
  byKey: Map<string, Incident[]>,
  merged: Map<Incident, Incident>,
  newcomer: Newcomer,
): Set<Incident> {
  const diedMs = Date.parse(newcomer.diedAt);
  const found = new Set<Incident>();
  for (const { key, windowMs } of newcomer.keys)
    for (const incident of byKey.get(key) ?? []) {
      if (merged.has(incident)) continue;
      const lastMs = Date.parse(incident.keys.get(key) ?? incident.lastAt);
      const firstMs = Math.min(Date.parse(incident.firstAt), lastMs);
      if (diedMs <= lastMs + windowMs && diedMs >= firstMs - windowMs) found.add(incident);
    }
  return found;
}

const earliestFirst = (a: Incident, b: Incident): number =>
  compare(a.firstAt, b.firstAt) || compare(a.id, b.id);

function open(newcomer: Newcomer): Incident {
  const { answer, deathId, diedAt, host } = newcomer;
  return {
    id: stableId('incident', deathId),
    title: '',
    cause: answer.verdict.cause,
    firstAt: diedAt,
    lastAt: diedAt,
    deaths: 1,
    hosts: [host],
    revision: 0,
    deathId,
    first: answer,
    keys: new Map(),
  };
}

function join(incident: Incident, { answer, deathId, diedAt, host }: Newcomer): void {
  incident.deaths += 1;
  if (!incident.hosts.includes(host)) incident.hosts = [...incident.hosts, host].sort();
  if (diedAt > incident.lastAt) incident.lastAt = diedAt;
  if (diedAt < incident.firstAt) {
    incident.firstAt = diedAt;
    incident.deathId = deathId;
    incident.first = answer;
    incident.cause = answer.verdict.cause;
  }
}

function takeUp(incident: Incident, other: Incident): void {
  incident.deaths += other.deaths;
  incident.hosts = [...new Set([...incident.hosts, ...other.hosts])].sort();
  if (other.lastAt > incident.lastAt) incident.lastAt = other.lastAt;
  if (other.firstAt < incident.firstAt) {
    const { firstAt, deathId, first, cause } = other;
    Object.assign(incident, { firstAt, deathId, first, cause });
  }
  for (const [key, lastAt] of other.keys) keep(incident.keys, key, lastAt);
}

function keep(keys: Map<string, string>, key: string, at: string): void {
  const lastAt = keys.get(key);
  if (lastAt === undefined || lastAt < at) keys.set(key, at);
}

function survivor(merged: ReadonlyMap<Incident, Incident>, incident: Incident): Incident {
  let one = incident;
  for (let into = merged.get(one); into !== undefined; into = merged.get(one)) one = into;
  return one;
}

function remember(byKey: Map<string, Incident[]>, key: string, incident: Incident): void {
  const known = byKey.get(key);
  if (known === undefined) byKey.set(key, [incident]);
  else if (!known.includes(incident)) known.push(incident);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
