import { assignIncidents, type Incident, type Newcomer } from '../../correlate/assign.ts';
import { incidentKeys, longestWindowMs } from '../../correlate/keys.ts';
import { incidentTitle } from '../../correlate/title.ts';
import type { Transaction } from '../../store/database.ts';
import { loadIncidents } from '../../store/incidents/load-incidents.ts';
import { type Merger, mergeIncidents } from '../../store/incidents/merge-incidents.ts';
import { enqueueAlerts, saveIncidents, toldOf } from '../../store/incidents/save-incidents.ts';
import { lock } from '../../store/lock.ts';
import { shifted } from '../decode/instant.ts';
import type { Judged } from './judge-deaths.ts';

/** Incidents that a batch opened or changed, and the incident of each death that joined one. */
export interface Grouped {
  incidentOf: Map<string, string>;
  changed: Incident[];
  /** Stored incidents that turned out to be part of an earlier one. */
  mergers: Merger[];
  /** Those that changed by more than deaths of long ago and deaths that were expected. */
  alerting: Set<string>;
}

/**
 * Finds the incident of each judged death that alerts, and takes up new answers for the first deaths
 * of incidents. A death that was judged anew may show that its incident is part of another. Stores
 * nothing yet: the deaths must be there first.
 */
export async function groupDeaths(
  transaction: Transaction,
  judged: readonly Judged[],
): Promise<Grouped> {
  const newcomers = judged.flatMap(newcomer);
  const answers = new Map(judged.map(({ death, judgement }) => [death.id, judgement.answer]));
  const revisedIds = judged.flatMap(({ death }) => death.known?.incidentId ?? []);
  const grouped: Grouped = { incidentOf: new Map(), changed: [], mergers: [], alerting: new Set() };
  if (newcomers.length === 0 && revisedIds.length === 0) return grouped;

  const keys = [...new Set(newcomers.flatMap((one) => one.keys.map(({ key }) => key)))];
  await lock(transaction, 'incident', keys);
  const earliest = newcomers.map((one) => one.diedAt).sort()[0];
  const since = earliest ? shifted(earliest, -longestWindowMs) : 'infinity';
  const known = await loadIncidents(transaction, { keys, since, ids: revisedIds });

  const changed = new Set(known.filter((incident) => takeUpAnswer(incident, answers)));
  const keysBefore = new Map(known.map((incident) => [incident, incident.keys.size]));
  const placeBefore = new Map(newcomers.map((one) => [one.deathId, one.incidentId]));
  const { incidentOf, merged } = assignIncidents(known, newcomers);
  for (const [deathId, incident] of incidentOf) {
    grouped.incidentOf.set(deathId, incident.id);
    const stays = placeBefore.get(deathId) === incident.id;
    if (!stays || incident.keys.size !== keysBefore.get(incident)) changed.add(incident);
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
  for (const { death, judgement } of judged) {
    const id = grouped.incidentOf.get(death.id) ?? death.known?.incidentId;
    const isQuiet = death.event.backfilled || judgement.answer.expected;
    if (id && !isQuiet) grouped.alerting.add(id);
  }
  for (const { id } of grouped.mergers) grouped.alerting.add(id);
  return grouped;
}

/** Stores what {@link groupDeaths} found; publishing follows from the outbox. */
export async function saveGrouped(transaction: Transaction, grouped: Grouped): Promise<void> {
  await saveIncidents(transaction, grouped.changed);
  const told = await toldOf(
    transaction,
    grouped.mergers.map(({ id }) => id),
  );
  for (const { id, into } of grouped.mergers) if (told.has(id)) grouped.alerting.add(into);
  await mergeIncidents(transaction, grouped.mergers);
  const changedIds = grouped.changed.map((incident) => incident.id);
  await enqueueAlerts(
    transaction,
    changedIds.filter((id) => grouped.alerting.has(id)),
  );
}

/** Incidents join hosts, so their times are the hub's. */
function newcomer({ death, judgement, happenedAt: diedAt }: Judged): Newcomer[] {
  const keys = incidentKeys(judgement);
  const { id: deathId, host } = death;
  if (keys.length === 0) return [];
  const incidentId = death.known?.incidentId ?? null;
  return [{ deathId, host, diedAt, answer: judgement.answer, keys, incidentId }];
}

/** Whether the incident's first death is among the answers: then title and cause follow it. */
function takeUpAnswer(incident: Incident, answers: Map<string, Incident['first']>): boolean {
  const answer = answers.get(incident.deathId);
  if (!answer) return false;
  incident.first = answer;
  incident.cause = answer.verdict.cause;
  incident.title = incidentTitle(answer, incident.deaths, incident.hosts, incident.lastAt);
  return true;
}
