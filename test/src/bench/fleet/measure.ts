import { setTimeout as sleep } from 'node:timers/promises';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startPostgres } from '@coroner/hub/dist/testing/servers/postgres.js';
import { startWorld } from '@coroner/hub/dist/testing/world.js';
import { until } from '../../stack/until.ts';
import { memoryOf } from '../cost.ts';
import { heartbeatEveryMs } from './agents/mix.ts';
import { type Agents, startAgents } from './agents/start.ts';
import { processorSeconds } from './processor-time.ts';

const drainWithinMs = 120_000;

/** What a fleet of that size costs, in seconds of a processor for each second. */
export interface Cost {
  hosts: number;
  hub: number;
  postgres: number;
  nats: number;
  agents: number;
  hubRssMb: number;
  events: number;
  heartbeats: number;
  /** Messages that JetStream did not take. */
  refused: number;
  /** Events that were taken and are not stored: 0. */
  missing: number;
  /** How long the hub still stored after the last message, ms. */
  behindMs: number;
}

/** A fleet at its usual pace on one hub, for `seconds` after one heartbeat of each host. */
export async function measureFleet(
  hosts: number,
  seconds: number,
  beatEveryMs = heartbeatEveryMs,
): Promise<Cost> {
  const world = await startWorld({ postgresServer: () => startPostgres([]) });
  let hub: HubProcess | undefined;
  let agents: Agents | undefined;
  try {
    hub = await startHubProcess(world.nats.url, world.databaseUrl);
    agents = await startAgents(world.nats.url, hosts, beatEveryMs);
    const pids = { hub: hub.pid, agents: agents.pid };
    const used = () => ({
      hub: processorSeconds(pids.hub),
      postgres: processorSeconds(world.postgres.pid()),
      nats: processorSeconds(world.nats.pid()),
      agents: processorSeconds(pids.agents),
    });
    agents.begin();
    await sleep(beatEveryMs);
    const before = used();
    const began = performance.now();
    await sleep(seconds * 1_000);
    const after = used();
    const elapsed = (performance.now() - began) / 1_000;
    const share = (part: keyof typeof before) => (after[part] - before[part]) / elapsed;
    const sent = await agents.end();
    const ended = performance.now();
    const stored = () => world.count('select count(*) from events where id like $1', ['run-%']);
    await until('all is stored', async () => (await stored()) >= sent.events, drainWithinMs).catch(
      () => null,
    );
    return {
      hosts,
      ...{ hub: share('hub'), postgres: share('postgres') },
      ...{ nats: share('nats'), agents: share('agents') },
      hubRssMb: memoryOf([hub.pid]).rssMb,
      ...sent,
      missing: sent.events - (await stored()),
      behindMs: performance.now() - ended,
    };
  } finally {
    await agents?.kill();
    await hub?.end('SIGKILL');
    await world.stop();
  }
}
