import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Transaction } from '../database.ts';
import type { EventRow } from './event-row.ts';

const columns = [
  ...(['id', 'host', 'boot_id', 'kind', 'source', 'at', 'pid', 'comm', 'body'] as const),
  'received_at',
] as const satisfies readonly (keyof EventRow)[];
const uniqueViolation = '23505';

/**
 * COPY into the table: half of the work for Postgres of any INSERT, but it cannot pass over an event that
 * is there already. False when one is, and then nothing was stored. Rows sorted by id.
 */
export async function copyEvents(
  transaction: Transaction,
  rows: readonly EventRow[],
): Promise<boolean> {
  await transaction.query('savepoint copy_events');
  try {
    const into = transaction.query(copyFrom(`copy events (${columns.join(', ')}) from stdin`));
    await pipeline(Readable.from([rows.map(line).join('')]), into);
    await transaction.query('release savepoint copy_events');
    return true;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== uniqueViolation) throw error;
    await transaction.query('rollback to savepoint copy_events');
    return false;
  }
}

/** A line of COPY's text format, https://www.postgresql.org/docs/current/sql-copy.html */
const line = (row: EventRow): string =>
  `${columns.map((column) => field(column === 'body' ? JSON.stringify(row.body) : row[column])).join('\t')}\n`;

const field = (value: string | number | null): string =>
  value === null
    ? '\\N'
    : `${value}`.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? '');

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
