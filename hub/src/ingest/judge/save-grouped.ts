import { wakeGrown } from '../../act/wake.ts';
import type { Transaction } from '../../store/database.ts';
import { moveDeaths } from '../../store/incidents/load-members.ts';
import { mergeIncidents } from '../../store/incidents/merge-incidents.ts';
import { enqueueAlerts, saveIncidents, toldOf } from '../../store/incidents/save-incidents.ts';
import { forgetKeys, withdrawIncidents } from '../../store/incidents/withdraw-incidents.ts';
import type { Grouped } from './group-deaths.ts';

/** Stores what the grouping of deaths found, which are stored already; publishing follows from the outbox. */
export async function saveGrouped(transaction: Transaction, grouped: Grouped): Promise<void> {
  const { changed, mergers, anew, withdrawn, moved, followed } = grouped;
  const mayBeTold = [...mergers.map(({ id }) => id), ...anew, ...followed];
  const told = await toldOf(transaction, mayBeTold);
  await forgetKeys(transaction, anew);
  await saveIncidents(transaction, changed);
  await moveDeaths(transaction, moved);
  await mergeIncidents(transaction, mergers);
  await withdrawIncidents(transaction, withdrawn);

  // Whoever was told of an incident hears what became of it.
  const alerting = new Set(grouped.alerting);
  for (const { id, into } of mergers) if (told.has(id)) alerting.add(into);
  for (const id of [...anew, ...followed]) if (told.has(id)) alerting.add(id);
  for (const { incidentId, wasIn } of moved)
    if (incidentId !== null && wasIn !== null && told.has(wasIn)) alerting.add(incidentId);
  const news = changed.map(({ id }) => id).filter((id) => alerting.has(id));
  await wakeGrown(transaction, news);
  await enqueueAlerts(transaction, news);
}
