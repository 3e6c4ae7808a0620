import { type Incident, join, type Newcomer, open, openAgain, opens, spanOf } from './incident.ts';
import { type IncidentIndex, incidentIndex } from './incident-index.ts';
import type { IncidentKey } from './key.ts';
import { incidentTitle } from './title.ts';
import { isClose } from './window.ts';

export interface Assignment {
  /** The incident of each newcomer that has one, by death id. */
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
  const index = incidentIndex(known);
  const byId = new Map(known.map((incident) => [incident.id, incident]));
  const assigned = new Map<string, Incident>();

  function assign(newcomer: Newcomer): boolean {
    const own = byId.get(newcomer.incidentId ?? '');
    const [found, ...others] = placesOf(index, own && index.survivor(own), newcomer);
    const incident = found ?? opened(known, byId.get(newcomer.wasIn ?? ''), newcomer);
    if (!incident) return false;
    if (found && !own) join(found, newcomer);
    for (const other of others) index.merge(incident, other);
    for (const key of newcomer.keys) index.note(incident, key, spanOf(newcomer));
    assigned.set(newcomer.deathId, grown(index, incident, newcomer.keys.filter(isShared)));
    return true;
  }

  const sorted = [...newcomers].sort(inOrder);
  for (const newcomer of sorted.filter(opens)) assign(newcomer);
  // Who was taken along may have taken others along.
  let waiting = sorted.filter((newcomer) => !opens(newcomer));
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length;
    waiting = waiting.filter((newcomer) => !assign(newcomer));
  }

  const incidentOf = new Map([...assigned].map(([id, one]) => [id, index.survivor(one)]));
  for (const incident of new Set(incidentOf.values())) {
    const { first, deaths, hosts, lastAt } = incident;
    incident.title = incidentTitle(first, deaths, hosts, lastAt);
  }
  return { incidentOf, merged: index.merged() };
}

const isShared = ({ role }: IncidentKey): boolean => role === undefined;

/** Its own incident and those that share its keys, the earliest first; else the one that it seeks, if it is one. */
function placesOf(index: IncidentIndex, own: Incident | undefined, newcomer: Newcomer): Incident[] {
  const span = spanOf(newcomer);
  const shared = index.near(newcomer.keys.filter(isShared), span);
  const places = new Set(own ? [own, ...shared] : shared);
  if (places.size > 0) return [...places].sort(earliestFirst);
  const seeks = newcomer.keys.filter(({ role }) => role === 'seeks');
  const sought = new Set(index.near(seeks, span));
  return sought.size === 1 ? [...sought] : [];
}

/** A new incident, or the one that it was in where no death has that any more; none for who only seeks. */
function opened(
  known: Incident[],
  left: Incident | undefined,
  newcomer: Newcomer,
): Incident | null {
  if (!opens(newcomer)) return null;
  if (left?.deaths === 0) {
    openAgain(left, newcomer);
    return left;
  }
  const incident = open(newcomer);
  known.push(incident);
  return incident;
}

/** What it has grown to, and the pace that it shows, may reach others that its newest death does not. */
function grown(index: IncidentIndex, incident: Incident, keys: readonly IncidentKey[]): Incident {
  for (const key of keys) {
    const span = incident.keys.get(key.key);
    const others = span ? index.near([{ ...key, windowMs: widest(key) }], span) : [];
    for (const other of others) {
      const theirs = other.keys.get(key.key);
      if (other === incident || !span || !theirs) continue;
      if (!isClose(key, other, span) && !isClose(key, incident, theirs)) continue;
      const [earlier, later] = [incident, other].sort(earliestFirst) as [Incident, Incident];
      index.merge(earlier, later);
      return grown(index, earlier, keys);
    }
  }
  return incident;
}

const widest = ({ windowMs, grows }: IncidentKey): number => Math.max(windowMs, grows?.toMs ?? 0);

const inOrder = (a: Newcomer, b: Newcomer): number =>
  compare(a.diedAt, b.diedAt) || compare(a.deathId, b.deathId);

const earliestFirst = (a: Incident, b: Incident): number =>
  compare(a.firstAt, b.firstAt) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
