import { batchesOf, type HostBatch } from './batches.ts';
import { measureIngest } from './measure.ts';

/**
 * `npm run bench:ingest`: how many events a second come through JetStream and the hub into Postgres,
 * against COPY of the same rows into the same table. CORONER_BENCH_EVENTS: how many, 100,000 by default.
 */
const events = Number(process.env['CORONER_BENCH_EVENTS'] ?? '100000');
if (!(events > 0)) throw new Error('CORONER_BENCH_EVENTS must be a number of events above 0');
const hosts = 200;

await measure('events', batchesOf(events, hosts, false));
await measure('events with 5 % deaths', batchesOf(Math.ceil(events / 5), hosts, true));

async function measure(what: string, batches: readonly HostBatch[]): Promise<void> {
  const { count, publishedMs, storedMs, copiedMs } = await measureIngest(batches);
  const rate = (ms: number) => Math.round((count / ms) * 1_000);
  const share = Math.round((100 * copiedMs) / storedMs);
  process.stdout.write(
    `${what.padEnd(34)} ${rate(storedMs)} a second (published ${rate(publishedMs)}, COPY ${rate(copiedMs)}: ${share} % of it)\n`,
  );
}
