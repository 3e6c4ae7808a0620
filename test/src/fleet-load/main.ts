import { drainedBy } from './drain.ts';
import { loadOf } from './load.ts';
import { eventsPerHour, heartbeatEveryMs } from './mix.ts';

/**
 * `npm run bench:fleet`: what 100 to 10,000 hosts cost one hub, and what two and three hubs take more
 * than one. CORONER_BENCH_HOSTS: sizes, by default 100,1000,10000; CORONER_BENCH_SECONDS, by default 60.
 */
const sizes = (process.env['CORONER_BENCH_HOSTS'] ?? '100,1000,10000').split(',').map(Number);
const seconds = Number(process.env['CORONER_BENCH_SECONDS'] ?? '60');
if (![...sizes, seconds].every((number) => number > 0))
  throw new Error('CORONER_BENCH_HOSTS and CORONER_BENCH_SECONDS must be numbers above 0');
const backlog = 30_000;
const hubCounts = [1, 2, 3];
const cores = 2;

const say = (line: string) => process.stdout.write(`${line}\n`);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

say(
  `each host: a heartbeat every ${heartbeatEveryMs / 1_000} s, ${eventsPerHour} events an hour, 5 % of them deaths`,
);
for (const hosts of sizes) {
  process.stderr.write(`${hosts} hosts …\n`);
  const cost = await loadOf(hosts, seconds);
  const parts = cost.hub + cost.postgres + cost.nats;
  say(
    [
      `${hosts} hosts`.padEnd(14),
      `hub ${percent(cost.hub)} of a core, Postgres ${percent(cost.postgres)}, nats-server ${percent(cost.nats)}:`,
      `${percent(parts / cores)} of two cores, ${((1e6 * parts) / hosts).toFixed(0)} µs a host and second,`,
      `hub alone ${((1e6 * cost.hub) / hosts).toFixed(0)} µs; RSS ${cost.hubRssMb.toFixed(0)} MB;`,
      `${cost.events} events and ${cost.heartbeats} heartbeats taken, ${cost.refused} refused, ${cost.missing} missing,`,
      `${cost.behindMs.toFixed(0)} ms behind; the agents themselves ${percent(cost.agents)}`,
    ].join(' '),
  );
}
let one = Number.NaN;
for (const hubs of hubCounts) {
  process.stderr.write(`a backlog of ${backlog} on ${hubs} …\n`);
  const rate = await drainedBy(hubs, backlog);
  if (hubs === 1) one = rate;
  say(
    `${hubs} hub(s)`.padEnd(14) +
      ` ${rate.toFixed(0)} messages/s, ${(rate / one).toFixed(2)} times one`,
  );
}
