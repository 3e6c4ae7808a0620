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

/** A death that alerts and has no incident yet. */
export interface Newcomer {
  deathId: string;
  host: string;
  diedAt: string;
  answer: StoredAnswer;
  keys: readonly IncidentKey[];
}

/**
 * Puts each newcomer into the incident that shares a key within its window, or into a new one named
 * after it. Changes and extends `known`; returns the incident of each newcomer by death id.
 */
export function assignIncidents(
  known: Incident[],
  newcomers: readonly Newcomer[],
): Map<string, Incident> {
  const byKey = new Map<string, Incident[]>();
  for (const incident of known)
    for (const key of incident.keys.keys()) remember(byKey, key, incident);
  const assigned = new Map<string, Incident>();
  const inOrder = [...newcomers].sort(
    (a, b) => compare(a.diedAt, b.diedAt) || compare(a.deathId, b.deathId),
  );
  for (const newcomer of inOrder) {
    let incident = match(byKey, newcomer);
    if (incident) join(incident, newcomer);
    else {
      incident = open(newcomer);
      known.push(incident);
    }
    for (const { key } of newcomer.keys) {
      if (!incident.keys.has(key)) remember(byKey, key, incident);
      const lastAt = incident.keys.get(key);
      if (lastAt === undefined || lastAt < newcomer.diedAt) incident.keys.set(key, newcomer.diedAt);
    }
    assigned.set(newcomer.deathId, incident);
  }
  for (const incident of new Set(assigned.values()))
    incident.title = incidentTitle(incident.first, incident.deaths, incident.hosts);
  return assigned;
}

function match(byKey: Map<string, Incident[]>, newcomer: Newcomer): Incident | undefined {
  const diedMs = Date.parse(newcomer.diedAt);
  for (const { key, windowMs } of newcomer.keys) {
    const near = byKey.get(key)?.find((incident) => {
      const lastMs = Date.parse(incident.keys.get(key) ?? incident.lastAt);
      const firstMs = Math.min(Date.parse(incident.firstAt), lastMs);
      return diedMs <= lastMs + windowMs && diedMs >= firstMs - windowMs;
    });
    if (near) return near;
  }
  return undefined;
}

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

function remember(byKey: Map<string, Incident[]>, key: string, incident: Incident): void {
  byKey.set(key, [...(byKey.get(key) ?? []), incident]);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
