import type { Transaction } from '../database.ts';
import type { ReceivedHeartbeat } from './heartbeats.ts';

/** Notes which host has which address; what was noted a short while ago is left as it is. */
export async function saveAddresses(
  transaction: Transaction,
  received: readonly ReceivedHeartbeat[],
): Promise<void> {
  const rows = new Map<string, { address: string; host: string; at: string }>();
  for (const { heartbeat, receivedAt } of received)
    for (const address of heartbeat.addresses ?? [])
      rows.set(JSON.stringify([address, heartbeat.host]), {
        address,
        host: heartbeat.host,
        at: receivedAt,
      });
  if (rows.size === 0) return;
  await transaction.query({
    name: 'save-addresses',
    text: `
      insert into host_addresses as a (address, host, since, seen_at)
      select address, host, at, at
      from jsonb_to_recordset($1::jsonb) as row(address text, host text, at timestamptz)
      order by address collate "C", host collate "C"
      on conflict (address, host) do update set
        -- Away for a day, it may have been another's in between.
        since = case when excluded.seen_at > a.seen_at + interval '1 day'
                then excluded.since else a.since end,
        seen_at = excluded.seen_at
      where excluded.seen_at > a.seen_at + interval '5 minutes'`,
    values: [JSON.stringify([...rows.values()])],
  });
}

/** A host that had an address, from when to when. */
export interface AddressOwner {
  address: string;
  host: string;
  since: string;
  seenAt: string;
}

/** Every host that ever had one of these addresses. */
export async function loadOwners(
  transaction: Transaction,
  addresses: readonly string[],
): Promise<AddressOwner[]> {
  if (addresses.length === 0) return [];
  const { rows } = await transaction.query<AddressOwner>({
    name: 'load-address-owners',
    text: `select address, host, since, seen_at as "seenAt"
           from host_addresses where address = any($1::text[])`,
    values: [addresses],
  });
  return rows;
}
