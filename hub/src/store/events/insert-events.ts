import type { Transaction } from '../database.ts';
import type { EventRow } from './event-row.ts';

/**
 * Stores events in one statement and returns the ids of those that were not there yet.
 * Sorted by id, so that two hubs with the same events wait for each other instead of deadlocking.
 */
export async function insertEvents(
  transaction: Transaction,
  rows: readonly EventRow[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const { rows: inserted } = await transaction.query<{ id: string }>({
    name: 'insert-events',
    text: `
      insert into events (id, host, boot_id, kind, source, at, pid, comm, body, received_at)
      select id, host, boot_id, kind, source, at, pid, comm, body, received_at
      from jsonb_to_recordset($1::jsonb) as row(
        id text, host text, boot_id text, kind text, source text, at timestamptz,
        pid integer, comm text, body jsonb, received_at timestamptz)
      order by id collate "C"
      on conflict (id) do nothing
      returning id`,
    values: [JSON.stringify(rows)],
  });
  return new Set(inserted.map((row) => row.id));
}
