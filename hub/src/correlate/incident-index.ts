import { type Incident, type Span, takeUp, widen } from './incident.ts';
import type { IncidentKey } from './key.ts';
import { isClose } from './window.ts';

/** Incidents by key, and which of them turned out to be part of which. */
export interface IncidentIndex {
  /** Incidents with one of these keys, each within the window of it. */
  near(keys: readonly IncidentKey[], span: Span): Incident[];
  /** A death of the incident came with this key. */
  note(incident: Incident, key: IncidentKey, span: Span): void;
  /** The first takes up the second. */
  merge(incident: Incident, other: Incident): void;
  /** Where an incident is now. */
  survivor(incident: Incident): Incident;
  /** Those that were taken up, each with the one that it is part of. */
  merged(): Map<Incident, Incident>;
}

export function incidentIndex(known: readonly Incident[]): IncidentIndex {
  const byKey = new Map<string, Set<Incident>>();
  const into = new Map<Incident, Incident>();
  const remember = (key: string, incident: Incident) =>
    byKey.set(key, (byKey.get(key) ?? new Set()).add(incident));
  const rememberAll = (incident: Incident, { keys, offers }: Incident) => {
    for (const key of [...keys.keys(), ...offers.keys()]) remember(key, incident);
  };
  for (const incident of known) rememberAll(incident, incident);

  function survivor(incident: Incident): Incident {
    let one = incident;
    for (let next = into.get(one); next !== undefined; next = into.get(one)) one = next;
    return one;
  }

  return {
    survivor,
    near: (keys, span) =>
      keys.flatMap((key) =>
        [...(byKey.get(key.key) ?? [])].filter(
          (incident) => !into.has(incident) && isClose(key, incident, span),
        ),
      ),
    note(incident, { key, role }, span) {
      if (role === 'seeks') return;
      remember(key, incident);
      widen(role === 'offers' ? incident.offers : incident.keys, key, span);
    },
    merge(incident, other) {
      takeUp(incident, other);
      into.set(other, incident);
      rememberAll(incident, other);
    },
    merged: () => new Map([...into].map(([other, next]) => [other, survivor(next)])),
  };
}
