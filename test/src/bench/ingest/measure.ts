import { connectForEver } from '@coroner/hub/dist/ingest/stream/connection.js';
import { batchOf } from '@coroner/hub/dist/testing/agent.js';
import { startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startNats } from '@coroner/hub/dist/testing/servers/nats.js';
import { startPostgres } from '@coroner/hub/dist/testing/servers/postgres.js';
import { until } from '@coroner/hub/dist/testing/until.js';
import { eventSubject } from '@coroner/schema/wire/subjects';
import pg from 'pg';
import type { HostBatch } from './batches.ts';

const inFlight = 16;

/** How long the same events took on each way, ms. */
export interface IngestTimes {
  count: number;
  publishedMs: number;
  /** Until the last one was in Postgres. */
  storedMs: number;
  /** COPY of the same rows into the same table. */
  copiedMs: number;
}

/**
 * Events through JetStream and a hub into Postgres, with fsync as in production. `afterwards` has the
 * database, when the hub has stopped.
 */
export async function measureIngest(
  batches: readonly HostBatch[],
  afterwards?: (database: pg.Client, url: string) => Promise<void>,
): Promise<IngestTimes> {
  const count = batches.reduce((sum, batch) => sum + batch.events.length, 0);
  const nats = await startNats();
  const postgres = await startPostgres([]);
  const databaseUrl = await postgres.createDatabase();
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  // A process of its own, as in production: agents do not share its thread.
  const hub = await startHubProcess(nats.url, databaseUrl);
  const stopHub = () => hub.end('SIGTERM');
  try {
    const began = performance.now();
    await publish(nats.url, batches);
    const publishedMs = performance.now() - began;
    await until(
      async () => (await database.query('select count(*)::integer as n from events')).rows[0]?.n,
      (n: number) => n >= count,
    );
    const storedMs = performance.now() - began;
    const copiedMs = await copyAgain(database);
    if (afterwards) {
      await stopHub();
      await afterwards(database, databaseUrl);
    }
    return { count, publishedMs, storedMs, copiedMs };
  } finally {
    await stopHub();
    await database.end();
    await nats.stop();
    await postgres.stop();
  }
}

async function publish(url: string, batches: readonly HostBatch[]): Promise<void> {
  const connection = await connectForEver(url, 'bench');
  const stream = connection.jetstream();
  const left = [...batches];
  const one = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const batch = batchOf(next.host, next.events);
      await stream.publish(eventSubject(next.host), JSON.stringify(batch), { msgID: batch.id });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  await connection.drain();
}

/** What COPY takes for the same rows into a table with the same indexes, ms. */
async function copyAgain(database: pg.Client): Promise<number> {
  const file = `/tmp/coroner-bench-${process.pid}`;
  await database.query(`copy events to '${file}'`);
  await database.query('create table copied (like events including all)');
  const began = performance.now();
  await database.query(`copy copied from '${file}'`);
  const ms = performance.now() - began;
  await database.query(`copy (select) to program 'rm ${file}'`);
  return ms;
}
