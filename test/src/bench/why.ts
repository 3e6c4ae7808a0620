import type { AddressInfo } from 'node:net';
import { startStoredApi } from '@coroner/hub/dist/testing/stored-api.js';
import { asked } from '../history/asked.ts';
import { multiply } from '../history/multiply.ts';
import { knownDeaths, questions } from '../history/questions.ts';
import { replayed } from '../history/replayed.ts';
import { p50, p99, percentile } from '../history/spread.ts';
import { fill } from '../pages/fleet.ts';
import { times } from './figures.ts';
import type { Bench, Part } from './part.ts';

const fleet = { events: 200_000, hosts: 400, days: 90 };
const samples = 1000;
const warmUps = 300;
const mostOfStatements = 2;
const mostMs = 20;
const question = 'why: process, host and time';

export const why: Part = {
  summary: 'the API against its statements alone, prepared',
  async run({ report, scale, say }: Bench) {
    const world = await startStoredApi();
    try {
      await fill(world, Date.now());
      const events = Math.ceil(fleet.events * scale);
      say(`a history of ${events} events`);
      await multiply(world.pool, { ...fleet, events }, () => undefined);
      await world.api.listen({ host: '127.0.0.1', port: 0 });
      const hub = `http://127.0.0.1:${(world.api.server.address() as AddressInfo).port}`;
      const known = await knownDeaths(world.pool, samples + warmUps);
      const urls = known.map((death) => (questions[question] as (typeof questions)[string])(death));
      say(`${urls.length} questions`);
      const api = (await asked(hub, urls)).slice(warmUps);
      const alone = (await replayed(world.pool, urls)).slice(warmUps);
      const [apiMs, aloneMs] = [percentile(api, p99), percentile(alone, p99)];
      const row = (what: string, found: readonly number[]) => [
        what,
        ...[p50, p99].map((share) => `${percentile(found, share).toFixed(1)} ms`),
      ];
      report.table({
        title: 'Why',
        notes: [
          `${question}, asked ${api.length} times over ${events} events, one after the other.`,
        ],
        head: ['way', 'p50', 'p99'],
        rows: [row('GET /v1/why', api), row('its statements alone, prepared', alone)],
      });
      report.target({
        what: 'why, p99 against its statements',
        wanted: `≤ ${times(mostOfStatements)} and ≤ ${mostMs} ms`,
        got: `${times(apiMs / aloneMs)} and ${apiMs.toFixed(1)} ms`,
        reached: apiMs <= mostOfStatements * aloneMs && apiMs <= mostMs,
      });
    } finally {
      await world.stop();
    }
  },
};
