import { agentProcess } from '@coroner/agent/dist/testing/agent-process.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { seeded } from '../judge/perturb/random.ts';
import { until } from '../stack/until.ts';
import { cause, type Fault, type Target } from './faults.ts';

export interface ChaosOptions {
  seed: number;
  /** Events that the agent makes. */
  events: number;
  faults: number;
  onFault?: (fault: Fault, account: Account) => void;
}

/** What was made against what is stored. */
export interface Account {
  generated: number;
  stored: number;
  /** Numbers of events that are made and not stored. */
  lost: number[];
  /** Rows beyond one for each event. */
  duplicated: number;
  /** Events that the agent itself said it had to drop. */
  dropped: number;
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
      options.onFault?.(fault, await account(world, agent.generated()));
    }
    await until('all events are made', () => agent.generated() === options.events, quietWithinMs);
    return await settled(world, options.events);
  } finally {
    await agent.remove();
    await (hub as HubProcess | null)?.end('SIGKILL');
    await world.stop();
  }
}

/** As soon as nothing is missing, or when what is missing does not come. */
async function settled(world: World, generated: number): Promise<Account> {
  let now = await account(world, generated);
  const complete = async () => {
    now = await account(world, generated);
    return now.lost.length === 0;
  };
  await until('nothing is missing', complete, quietWithinMs).catch(() => undefined);
  return now;
}

async function account(world: World, generated: number): Promise<Account> {
  const rows = await world.rows<{ id: string }>(
    `select id from events where kind = 'shell-command' and host = $1`,
    [host],
  );
  const [gaps] = await world.rows<{ dropped: string | null }>(
    `select sum((body->>'lost')::bigint) dropped from events where kind = 'gap' and host = $1`,
    [host],
  );
  const numbers = new Set(rows.map(({ id }) => Number(/generated-(\d+)/.exec(id)?.[1])));
  const lost = Array.from({ length: generated }, (_, number) => number).filter(
    (number) => !numbers.has(number),
  );
  return {
    generated,
    stored: numbers.size,
    lost,
    duplicated: rows.length - numbers.size,
    dropped: Number(gaps?.dropped ?? 0),
  };
}
