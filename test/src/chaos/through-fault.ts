import { type AgentPlace, agentProcess } from '@coroner/agent/dist/testing/agent-process.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { until } from '../stack/until.ts';
import { type Account, account, settled } from './account.ts';

export interface Through {
  events: number;
  servers?: Parameters<typeof startWorld>[0];
  hubEnvironment?: Record<string, string>;
  agent?: AgentPlace;
  /** By which the agent reaches nats-server, if not directly. */
  agentUrl?(natsUrl: string): Promise<string>;
  /** Begins when so many events are made. */
  after?: number;
  /** All is to arrive while it lasts. */
  isHarmless?: boolean;
  begin(world: World): Promise<unknown> | unknown;
  end(world: World): Promise<unknown> | unknown;
}

export interface Outcome extends Account {
  /** Stored when the fault ended: fewer than `generated`, or it did not bite. */
  storedDuring: number;
  agentLog: string;
}

const host = 'faulty-1';

/** A real agent, nats-server, Postgres and hub, and one fault that begins and ends while events are under way. */
export async function throughFault(through: Through): Promise<Outcome> {
  const { events } = through;
  const world = await startWorld(through.servers);
  const agentUrl = (await through.agentUrl?.(world.nats.url)) ?? world.nats.url;
  const agent = agentProcess(host, agentUrl, events, through.agent);
  let hub: HubProcess | undefined;
  try {
    const { nats, databaseUrl } = world;
    hub = await startHubProcess(nats.url, databaseUrl, through.hubEnvironment);
    const { after = 0 } = through;
    if (after === 0) await through.begin(world);
    agent.start();
    if (after > 0) {
      await until('some events are made', () => agent.generated() >= after);
      await through.begin(world);
    }
    await until('all events are made', () => agent.generated() === events);
    const { stored: storedDuring } = through.isHarmless
      ? await settled(world, host, events)
      : await account(world, host, events).catch(() => ({ stored: 0 }));
    await through.end(world);
    return { ...(await settled(world, host, events)), storedDuring, agentLog: agent.log() };
  } finally {
    await agent.remove();
    await hub?.end('SIGKILL');
    await world.stop();
  }
}
