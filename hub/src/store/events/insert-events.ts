import type { Transaction } from '../database.ts';
import { copyEvents } from './copy-events.ts';
import type { EventRow } from './event-row.ts';

/** Fewer are sooner stored by one statement than by the four of a COPY. */
const leastToCopy = 50;

/**
 * Stores events and returns the ids of those that were not there yet. Sorted by id, so that two hubs
 * with the same events wait for each other instead of deadlocking.
 */
export async function insertEvents(
  transaction: Transaction,
  rows: readonly EventRow[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  if (rows.length >= leastToCopy) {
    const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (await copyEvents(transaction, sorted)) return new Set(rows.map((row) => row.id));
  }
  return insertNew(transaction, rows);
}

async function insertNew(
  transaction: Transaction,
  rows: readonly EventRow[],
): Promise<Set<string>> {
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
