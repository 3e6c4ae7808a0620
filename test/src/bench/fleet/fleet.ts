import { megabytes, percent, times } from '../figures.ts';
import type { Bench, Part } from '../part.ts';
import { eventsPerHour, heartbeatEveryMs } from './agents/mix.ts';
import { drainedBy } from './drain.ts';
import { type Cost, measureFleet } from './measure.ts';

const sizes = [100, 1_000, 10_000];
const measuredSeconds = 45;
const leastSeconds = 2;
const backlog = 30_000;
const hubCounts = [1, 2, 3];
/** Of a processor, for each hub. */
const share = 0.2;
const cores = 2;
const mostOfCores = 0.5;
const leastOfTwo = 1.7;

const perHost = ({ hub, postgres, nats, hosts }: Cost) => (1e6 * (hub + postgres + nats)) / hosts;

export const fleet: Part = {
  summary: 'what 100 to 10,000 hosts cost one hub, and what more hubs take than one',
  async run({ report, scale, say }: Bench) {
    const costs: Cost[] = [];
    for (const hosts of sizes.map((size) => Math.ceil(size * scale))) {
      say(`${hosts} hosts`);
      costs.push(await measureFleet(hosts, Math.max(leastSeconds, measuredSeconds * scale)));
    }
    report.table({
      title: 'Fleet',
      notes: [
        `Each host has a connection, a heartbeat every ${heartbeatEveryMs / 1_000} s and ${eventsPerHour} events an hour, 5 % of them deaths. Processors: of one core.`,
      ],
      head: [
        ...['hosts', 'hub', 'Postgres', 'nats-server', 'together, a host', 'hub RSS'],
        ...['events', 'heartbeats', 'refused', 'missing', 'behind', '(agents)'],
      ],
      rows: costs.map((cost) => [
        `${cost.hosts}`,
        ...[cost.hub, cost.postgres, cost.nats].map(percent),
        `${perHost(cost).toFixed(0)} µs/s`,
        megabytes(cost.hubRssMb),
        ...[cost.events, cost.heartbeats, cost.refused, cost.missing].map(String),
        `${cost.behindMs.toFixed(0)} ms`,
        percent(cost.agents),
      ]),
    });
    const [smallest, largest] = [costs[0], costs.at(-1)];
    if (!smallest || !largest) throw new Error('no size of a fleet was measured');
    const ofCores = largest.hub / cores;
    report.target({
      what: `${largest.hosts} hosts, one hub`,
      wanted: `≤ ${percent(mostOfCores)} of two cores, nothing missing`,
      got: `${percent(ofCores)} (with Postgres and nats-server ${percent((largest.hub + largest.postgres + largest.nats) / cores)}), ${largest.missing} missing`,
      reached: ofCores <= mostOfCores && largest.missing === 0,
    });
    report.target({
      what: `cost a host, ${smallest.hosts} to ${largest.hosts} hosts`,
      wanted: 'falls or stays',
      got: times(perHost(largest) / perHost(smallest)),
      reached: perHost(largest) <= perHost(smallest),
    });

    const rates: number[] = [];
    const limited: number[] = [];
    const messages = Math.ceil(backlog * scale);
    for (const hubs of hubCounts) {
      say(`a backlog of ${messages} messages, ${hubs} of the hub`);
      rates.push(await drainedBy(hubs, messages));
      say(`and with ${percent(share)} of a processor each`);
      limited.push(await drainedBy(hubs, Math.ceil(messages * share), share));
    }
    const ofOne = (of: readonly number[], place: number) => (of[place] ?? 0) / (of[0] ?? 0);
    report.table({
      title: 'Hubs',
      notes: [
        'Messages of one event each out of a backlog: first hubs, Postgres and nats-server share these processors as they like, then each hub has a small part of one, so that there is enough for more hubs.',
      ],
      head: ['hubs', 'messages a second', 'of one', `with ${percent(share)} each`, 'of one'],
      rows: hubCounts.map((count, place) => [
        `${count}`,
        ...[rates, limited].flatMap((of) => [(of[place] ?? 0).toFixed(0), times(ofOne(of, place))]),
      ]),
    });
    report.target({
      what: 'two hubs, where there are processors for them',
      wanted: `≥ ${times(leastOfTwo)}, until Postgres is the limit`,
      got: times(ofOne(limited, 1)),
      reached: ofOne(limited, 1) >= leastOfTwo,
    });
  },
};
