import type { Logger } from 'pino';
import { inTransaction, type Pool } from '../store/database.ts';
import type { Reject } from '../store/events/quarantine.ts';
import { isDataFailure } from '../store/failure.ts';
import type { Decoded } from './decode/decode-message.ts';
import { type BatchReport, storeBatch } from './store-batch.ts';

/**
 * Stores messages in one transaction. When Postgres refuses the data, the batch is cut in two until
 * the event that it refuses stands alone, and that goes to quarantine. Rejects when the database fails.
 */
export async function storeSafely(
  pool: Pool,
  decoded: readonly Decoded[],
  log: Logger,
): Promise<BatchReport[]> {
  try {
    return [await inTransaction(pool, (transaction) => storeBatch(transaction, decoded))];
  } catch (error) {
    if (!isDataFailure(error)) throw error;
    const parts = halves(decoded) ?? [condemned(decoded, error as Error)];
    if (parts.length === 1)
      log.error({ reason: (error as Error).message }, 'Postgres refuses an event: quarantined');
    if (parts.length === 1 && isCondemned(decoded)) {
      log.error({ reason: (error as Error).message }, 'a message cannot even be quarantined');
      return [];
    }
    const reports: BatchReport[] = [];
    for (const part of parts) reports.push(...(await storeSafely(pool, part, log)));
    return reports;
  }
}

/** Two parts by messages, then by what is in a message; null when there is one thing left. */
function halves(decoded: readonly Decoded[]): Decoded[][] | null {
  if (decoded.length > 1) {
    const middle = decoded.length >> 1;
    return [decoded.slice(0, middle), decoded.slice(middle)];
  }
  const [message] = decoded;
  if (!message) return null;
  const { subject, rows, heartbeats, rejects, stamps } = message;
  const empty: Decoded = { subject, rows: [], heartbeats: [], rejects: [], stamps: [] };
  if (rows.length > 0 && heartbeats.length + rejects.length > 0)
    return [[{ ...empty, rows }], [{ ...empty, heartbeats, rejects, stamps }]];
  if (rows.length <= 1) return null;
  const middle = rows.length >> 1;
  return [[{ ...empty, rows: rows.slice(0, middle) }], [{ ...empty, rows: rows.slice(middle) }]];
}

const isCondemned = (decoded: readonly Decoded[]): boolean =>
  decoded.every((message) => message.rows.length === 0 && message.heartbeats.length === 0);

/** The same messages with nothing but rejects in them. */
function condemned(decoded: readonly Decoded[], error: Error): Decoded[] {
  return decoded.map(({ subject, rows, heartbeats, rejects }) => ({
    subject,
    rows: [],
    heartbeats: [],
    stamps: [],
    rejects: [
      ...rejects,
      ...[...rows.map((row) => row.body), ...heartbeats].map(rejected(subject, error)),
    ],
  }));
}

const rejected =
  (subject: string, error: Error) =>
  (item: object): Reject => ({
    subject,
    reason: `Postgres refuses it: ${error.message}`,
    payload: Buffer.from(JSON.stringify(item)),
  });
