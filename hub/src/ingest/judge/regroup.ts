import type { Incident } from '../../correlate/incident.ts';
import type { IncidentKey } from '../../correlate/key.ts';
import { incidentKeys } from '../../correlate/keys.ts';
import { incidentTitle } from '../../correlate/title.ts';
import type { Transaction } from '../../store/database.ts';
import { loadMembers, type Member } from '../../store/incidents/load-members.ts';
import type { Judged } from './judge-deaths.ts';
import { type KeyedDeath, keyedDeaths } from './keyed.ts';

/** Beyond it, an incident keeps what it has of its later deaths. */
const mostMembers = 2_000;

/** A stored death in an incident, before it was judged anew or its record replaced one of a log. */
export interface Place extends Pick<Member, 'answer' | 'actorKey'> {
  deathId: string;
  incidentId: string;
  /** The death that it is now. */
  judged: Judged;
}

/** The keys that it had; what else they are made of is the same now. */
export function formerKeys({ answer, actorKey, judged }: Place, now: Now): IncidentKey[] {
  const { changes, parentId } = now.get(judged.death.id) ?? { changes: [], parentId: null };
  return incidentKeys({ answer, actorKey, changes, parentId });
}

/** The judged deaths by their ids. */
export type Now = ReadonlyMap<string, KeyedDeath>;

/**
 * Incidents that are to be made anew from their deaths: one of these lost a key. Others may have joined
 * by that alone, and whoever was accused by it may not have done it.
 */
export function incidentsInDoubt(places: readonly Place[], now: Now): Set<string> {
  const doubtful = places.filter((place) => {
    const keys = new Set(now.get(place.judged.death.id)?.keys.map(({ key }) => key));
    const wereSeveral = places.filter(({ judged }) => judged === place.judged).length > 1;
    // Under another id, it offers itself to others: they may have to follow.
    const isAnother = place.deathId !== place.judged.death.id;
    return (
      wereSeveral ||
      formerKeys(place, now).some(
        ({ key, role }) => !keys.has(key) && !(isAnother && role === 'offers'),
      )
    );
  });
  return new Set(doubtful.map(({ incidentId }) => incidentId));
}

/** What incidents were before they are made anew. */
export interface Regrouping {
  /** Their deaths that were not judged now, as newcomers. */
  members: KeyedDeath[];
  /** By incident, all deaths that were in it, as they are called now. */
  former: Map<Incident, string[]>;
}

/** Takes all deaths out of the incidents. `places` are those that were judged now. */
export async function emptied(
  transaction: Transaction,
  incidents: readonly Incident[],
  places: readonly Place[],
): Promise<Regrouping> {
  const ids = incidents.map(({ id }) => id);
  const judged = places.filter(({ incidentId }) => ids.includes(incidentId));
  const stored = await loadMembers(
    transaction,
    ids,
    judged.map(({ deathId }) => deathId),
    mostMembers,
  );
  const former = new Map<Incident, string[]>();
  for (const incident of incidents) {
    const kept = stored.filter(({ incidentId }) => incidentId === incident.id);
    const now = judged.filter(({ incidentId }) => incidentId === incident.id);
    former.set(incident, [...kept.map(({ id }) => id), ...now.map((one) => one.judged.death.id)]);
    empty(incident, stored.length < mostMembers ? 0 : kept.length + now.length);
  }
  const wasIn = new Map(stored.map(({ id, incidentId }) => [id, incidentId]));
  const members = await keyedDeaths(transaction, stored);
  return {
    members: members.map((one) => ({ ...one, wasIn: wasIn.get(one.deathId) ?? null })),
    former,
  };
}

/** Nothing is left to it, or of a huge one its later deaths, which were not loaded. */
function empty(incident: Incident, loaded: number): void {
  incident.deaths = loaded === 0 ? 0 : Math.max(0, incident.deaths - loaded);
  incident.firstAt = incident.lastAt;
  if (incident.deaths > 0) return;
  incident.hosts = [];
  incident.keys.clear();
  incident.offers.clear();
}

/** Where the deaths of an incident went that has none now, if it is one place. */
export function heirOf(
  incidentOf: ReadonlyMap<string, Incident>,
  former: readonly string[],
): Incident | null {
  const heirs = new Set(former.flatMap((id) => incidentOf.get(id) ?? []));
  const [heir] = heirs;
  return heir && heirs.size === 1 ? heir : null;
}

/** An incident without deaths says what is known of its first one now. */
export function disown(incident: Incident, heir: Incident | null): void {
  const { first } = incident;
  incident.hosts = [first.death.host];
  incident.cause = first.verdict.cause;
  const title = incidentTitle(first, 1, incident.hosts);
  incident.title = heir ? title : `withdrawn: ${title}`;
}
