import type { Transaction } from './database.ts';

/** The channel on which hubs tell each other what was committed: `{deaths: [ids], incidents: [ids]}`. */
export const changesChannel = 'coroner_changes';

export interface Changes {
  deaths: string[];
  incidents: string[];
}

/** NOTIFY refuses payloads of 8000 bytes and more; an id has at most 64 bytes and three of JSON. */
const idsInPayload = 100;

/** Tells all hubs, when the transaction commits. */
export async function notifyChanges(transaction: Transaction, changes: Changes): Promise<void> {
  const payloads: Changes[] = [];
  for (let start = 0; start < changes.deaths.length; start += idsInPayload)
    payloads.push({ deaths: changes.deaths.slice(start, start + idsInPayload), incidents: [] });
  for (let start = 0; start < changes.incidents.length; start += idsInPayload)
    payloads.push({ deaths: [], incidents: changes.incidents.slice(start, start + idsInPayload) });
  if (payloads.length === 0) return;
  await transaction.query({
    name: 'notify-changes',
    text: 'select pg_notify($1, payload) from unnest($2::text[]) as payload',
    values: [changesChannel, payloads.map((payload) => JSON.stringify(payload))],
  });
}
