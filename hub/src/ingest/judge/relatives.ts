import { type Incident, opens, spanOf, widen } from '../../correlate/incident.ts';
import type { Transaction } from '../../store/database.ts';
import { followersOf, leadersOf } from '../../store/incidents/relatives.ts';
import { type KeyedDeath, keyedDeaths, leaderOf } from './keyed.ts';

/** Who was taken along took others along, and so on: more generations than that are rare. */
const mostGenerations = 3;

/** Stored deaths with an incident that these deaths may be part of. */
export async function storedLeaders(
  transaction: Transaction,
  deaths: readonly KeyedDeath[],
): Promise<{ death: KeyedDeath; incidentId: string }[]> {
  const judged = new Set(deaths.map(({ deathId }) => deathId));
  const seekers = deaths
    .filter((death) => !opens(death))
    .map(({ host, toldAt: diedAt, parentId }) => ({ host, diedAt, parentId }));
  const found = (await leadersOf(transaction, seekers)).filter(({ id }) => !judged.has(id));
  const incidentOf = new Map(found.map(({ id, incidentId }) => [id, incidentId]));
  return (await keyedDeaths(transaction, found)).flatMap((death) => {
    const incidentId = incidentOf.get(death.deathId);
    return incidentId ? [{ death, incidentId }] : [];
  });
}

/** What a stored death offers, its incident offers. */
export function offer(incident: Incident, death: KeyedDeath): void {
  for (const { key, role } of death.keys)
    if (role === 'offers') widen(incident.offers, key, spanOf(death));
}

/** Stored deaths without an incident that may be part of what befell these. */
export async function storedFollowers(
  transaction: Transaction,
  deaths: readonly KeyedDeath[],
): Promise<KeyedDeath[]> {
  const known = new Set(deaths.map(({ deathId }) => deathId));
  const followers: KeyedDeath[] = [];
  let leaders = deaths.filter(opens);
  for (let round = 0; round < mostGenerations && leaders.length > 0; round += 1) {
    const found = await followersOf(transaction, leaders.map(leaderOf), [...known]);
    leaders = (await keyedDeaths(transaction, found)).filter(({ keys }) => keys.length > 0);
    for (const { deathId } of leaders) known.add(deathId);
    followers.push(...leaders);
  }
  return followers;
}
