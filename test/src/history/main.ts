import type { AddressInfo } from 'node:net';
import { startStoredApi } from '@coroner/hub/dist/testing/stored-api.js';
import { fill } from '../pages/fleet.ts';
import { asked } from './asked.ts';
import { multiply } from './multiply.ts';
import { knownDeaths, questions } from './questions.ts';
import { replayed } from './replayed.ts';
import { sizes } from './sizes.ts';
import { spread } from './spread.ts';

/**
 * `npm run bench:history`: how fast the API answers over the history of a fleet, against what its
 * statements take alone. CORONER_BENCH_EVENTS: how many events, by default a million of 2,000 hosts.
 */
const events = Number(process.env['CORONER_BENCH_EVENTS'] ?? '1000000');
if (!(events > 0)) throw new Error('CORONER_BENCH_EVENTS must be a number of events above 0');
const fleet = { events, hosts: 2_000, days: 90 };
const count = 1000;
const warmUps = 300;

const say = (what: string, figure: string) =>
  process.stdout.write(`${what.padEnd(34)} ${figure}\n`);
const giga = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(2)} GiB`;

const world = await startStoredApi();
try {
  await fill(world, Date.now());
  const began = performance.now();
  await multiply(world.pool, fleet, (done) => {
    process.stderr.write(`${Math.min(100, Math.round((100 * done) / events))} % of the events\r`);
  });
  say('loaded', `${events} events in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  for (const { name, rows, tableBytes, indexBytes } of await sizes(world.pool))
    say(
      name,
      `${rows} rows, ${giga(tableBytes)} and ${giga(indexBytes)} of indexes; ${Math.round(tableBytes / rows)} + ${Math.round(indexBytes / rows)} bytes a row`,
    );
  await world.api.listen({ host: '127.0.0.1', port: 0 });
  const hub = `http://127.0.0.1:${(world.api.server.address() as AddressInfo).port}`;
  const known = await knownDeaths(world.pool, count + warmUps);
  for (const [name, urlOf] of Object.entries(questions)) {
    const urls = known.map(urlOf);
    const times = (await asked(hub, urls)).slice(warmUps);
    const alone = name.startsWith('why')
      ? `; its statements alone ${spread((await replayed(world.pool, urls)).slice(warmUps))}`
      : '';
    say(name, `${spread(times)}${alone}`);
  }
} finally {
  await world.stop();
}
