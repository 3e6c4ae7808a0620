import { connectForEver } from '@coroner/hub/dist/ingest/stream/connection.js';
import { batchOf } from '@coroner/hub/dist/testing/agent.js';
import { startTestHub } from '@coroner/hub/dist/testing/hub.js';
import { startNats } from '@coroner/hub/dist/testing/servers/nats.js';
import { startPostgres } from '@coroner/hub/dist/testing/servers/postgres.js';
import { until } from '@coroner/hub/dist/testing/until.js';
import { eventSubject } from '@coroner/schema/wire/subjects';
import pg from 'pg';
import { batchesOf, type HostBatch } from './batches.ts';

/**
 * `npm run bench:ingest`: how many events a second come through JetStream and the hub into Postgres,
 * against COPY of the same rows into the same table. CORONER_BENCH_EVENTS: how many, 100,000 by default.
 */
const events = Number(process.env['CORONER_BENCH_EVENTS'] ?? '100000');
if (!(events > 0)) throw new Error('CORONER_BENCH_EVENTS must be a number of events above 0');
const hosts = 200;
const inFlight = 16;

const say = (what: string, figure: string) =>
  process.stdout.write(`${what.padEnd(34)} ${figure}\n`);
const rate = (count: number, ms: number) => Math.round((count / ms) * 1_000);

await measure('events', batchesOf(events, hosts, false));
await measure('events with 5 % deaths', batchesOf(Math.ceil(events / 5), hosts, true));

/** With fsync, as in production. */
async function measure(what: string, batches: readonly HostBatch[]): Promise<void> {
  const count = batches.reduce((sum, batch) => sum + batch.events.length, 0);
  const nats = await startNats();
  const postgres = await startPostgres([]);
  const databaseUrl = await postgres.createDatabase();
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const hub = await startTestHub(nats.url, databaseUrl);
  try {
    const began = performance.now();
    await publish(nats.url, batches);
    const published = performance.now() - began;
    await until(
      async () => (await database.query('select count(*)::integer as n from events')).rows[0]?.n,
      (n: number) => n >= count,
    );
    const stored = performance.now() - began;
    const copied = await copyAgain(database);
    const share = Math.round((100 * copied) / stored);
    say(
      what,
      `${rate(count, stored)} a second (published ${rate(count, published)}, COPY ${rate(count, copied)}: ${share} % of it)`,
    );
  } finally {
    await hub.stop();
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
