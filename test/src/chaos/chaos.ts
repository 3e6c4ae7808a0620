import { agentProcess } from '@coroner/agent/dist/testing/agent-process.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld } from '@coroner/hub/dist/testing/world.js';
import { seeded } from '../judge/perturb/random.ts';
import { until } from '../stack/until.ts';
import { type Account, account, settled } from './account.ts';
import { cause, type Fault, type Target } from './faults.ts';

export interface ChaosOptions {
  seed: number;
  /** Events that the agent makes. */
  events: number;
  faults: number;
  onFault?: (fault: Fault, account: Account) => void;
}

const host = 'chaos-1';
const quietWithinMs = 240_000;

/**
 * A real agent, nats-server, Postgres and hub: each is killed and stopped at random while events are
 * under way. Ends when all that was made is stored, or nothing has come for minutes.
 */
export async function runChaos(options: ChaosOptions): Promise<Account> {
  const world = await startWorld();
  let hub: HubProcess | null = null;
  const startHub = async () => {
    hub = await startHubProcess(world.nats.url, world.databaseUrl);
  };
  const agent = agentProcess(host, world.nats.url, options.events);
  try {
    await startHub();
    agent.start();
    const targets: Target[] = [
      {
        name: 'agent',
        pid: agent.pid,
        kill: () => agent.end('SIGKILL'),
        start: agent.start,
      },
      {
        name: 'hub',
        pid: () => hub?.pid ?? 0,
        kill: async () => hub?.end('SIGKILL'),
        start: startHub,
      },
      {
        name: 'nats-server',
        pid: world.nats.pid,
        kill: world.nats.crash,
        start: world.nats.start,
      },
      {
        name: 'postgres',
        pid: world.postgres.pid,
        kill: world.postgres.crash,
        start: world.postgres.start,
      },
    ];
    const random = seeded(options.seed);
    for (let count = 0; count < options.faults; count += 1) {
      const fault = await cause(targets, random);
      options.onFault?.(fault, await account(world, host, agent.generated()));
    }
    await until('all events are made', () => agent.generated() === options.events, quietWithinMs);
    return await settled(world, host, options.events);
  } finally {
    await agent.remove();
    await (hub as HubProcess | null)?.end('SIGKILL');
    await world.stop();
  }
}
