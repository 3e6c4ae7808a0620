import { pino } from 'pino';
import { decode } from '../ingest/decode/decode-message.ts';
import { startLogDeaths } from '../ingest/log-deaths/look-for-deaths.ts';
import { storeSafely } from '../ingest/store-safely.ts';
import { createPool, type Pool } from '../store/database.ts';
import { startPostgres } from './servers/postgres.ts';

/** A message as JetStream delivers it. */
export interface Delivered {
  subject: string;
  data: Uint8Array;
  receivedAt: string;
}

/** The ingest over a real database, with receive times of the caller's choice; no nats-server. */
export interface StoredIngest {
  pool: Pool;
  /** In one transaction; throws when the hub refuses one. */
  take(messages: readonly Delivered[]): Promise<void>;
  /**
   * Looks at lines that may be all that is known of a death, without waiting for the probe: at those
   * that were received by then, or at all.
   */
  lookForLogDeaths(receivedBy?: Date): Promise<void>;
  stop(): Promise<void>;
}

const silent = pino({ level: 'silent' });

export async function startStoredIngest(): Promise<StoredIngest> {
  const postgres = await startPostgres(['fsync=off', 'synchronous_commit=off']);
  const pool = createPool(await postgres.createDatabase(), 'test', () => {});
  const logDeaths = startLogDeaths({ pool, log: silent, onBatch: () => {} });
  return {
    pool,
    async take(messages) {
      const decoded = messages.map(decode);
      const reject = decoded.flatMap(({ rejects }) => rejects)[0];
      if (reject) throw new Error(`the hub refuses a message: ${reject.reason}`);
      await storeSafely(pool, decoded, silent);
    },
    async lookForLogDeaths(receivedBy) {
      const { rowCount } = await pool.query(
        `update death_hints set due_at = now()
         from events where events.id = event_id and received_at <= coalesce($1::timestamptz, 'infinity')`,
        [receivedBy?.toISOString() ?? null],
      );
      if (rowCount) await logDeaths.look();
    },
    async stop() {
      await logDeaths.stop();
      await pool.end();
      await postgres.stop();
    },
  };
}
