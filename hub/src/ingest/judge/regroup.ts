import type { Incident, Newcomer } from '../../correlate/incident.ts';
import { incidentKeys } from '../../correlate/keys.ts';
import { incidentTitle } from '../../correlate/title.ts';
import type { Transaction } from '../../store/database.ts';
import { loadMembers, type Member } from '../../store/incidents/load-members.ts';
import type { Judged } from './judge-deaths.ts';

/** Beyond it, an incident keeps what it has of its later deaths. */
const mostMembers = 2_000;

/** A stored death in an incident, before it was judged anew or its record replaced one of a log. */
export interface Place extends Pick<Member, 'answer' | 'actorKey'> {
  deathId: string;
  incidentId: string;
  /** The death that it is now. */
  judged: Judged;
}

const keysOf = (one: Pick<Member, 'answer' | 'actorKey'>): string[] =>
  incidentKeys(one).map(({ key }) => key);

/** Keys that deaths had and may have no more. */
export const formerKeys = (places: readonly Place[]): string[] => places.flatMap(keysOf);

/**
 * Incidents that are to be made anew from their deaths: one of these lost a key. Others may have joined
 * by that alone, and whoever was accused by it may not have done it.
 */
export function incidentsInDoubt(places: readonly Place[]): Set<string> {
  const doubtful = places.filter(({ judged, ...before }) => {
    const keys = new Set(keysOf(judged.judgement));
    const wereSeveral = places.filter((other) => other.judged === judged).length > 1;
    return wereSeveral || keysOf(before).some((key) => !keys.has(key));
  });
  return new Set(doubtful.map(({ incidentId }) => incidentId));
}

/** What incidents were before they are made anew. */
export interface Regrouping {
  /** Their deaths that were not judged now, as newcomers. */
  members: Newcomer[];
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
  const members = await loadMembers(
    transaction,
    ids,
    judged.map(({ deathId }) => deathId),
    mostMembers,
  );
  const former = new Map<Incident, string[]>();
  for (const incident of incidents) {
    const stored = members.filter(({ incidentId }) => incidentId === incident.id);
    const now = judged.filter(({ incidentId }) => incidentId === incident.id);
    former.set(incident, [...stored.map(({ id }) => id), ...now.map((one) => one.judged.death.id)]);
    empty(incident, members.length < mostMembers ? 0 : stored.length + now.length);
  }
  return { members: members.map(memberOf), former };
}

/** Nothing is left to it, or of a huge one its later deaths, which were not loaded. */
function empty(incident: Incident, loaded: number): void {
  incident.deaths = loaded === 0 ? 0 : Math.max(0, incident.deaths - loaded);
  incident.firstAt = incident.lastAt;
  if (incident.deaths > 0) return;
  incident.hosts = [];
  incident.keys.clear();
}

function memberOf({ id: deathId, incidentId: wasIn, ...member }: Member): Newcomer {
  const { host, diedAt, errorMs, answer } = member;
  return { deathId, host, diedAt, errorMs, answer, keys: incidentKeys(member), wasIn };
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
