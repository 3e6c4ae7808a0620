import { agentProcess } from '@coroner/agent/dist/testing/agent-process.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { freePort } from '@coroner/hub/dist/testing/servers/free-port.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { seeded } from '../judge/perturb/random.ts';
import { type RunningBot, runBot } from '../slack/stage/run-bot.ts';
import { startSlack } from '../slack/start-slack.ts';
import { until } from '../stack/until.ts';
import { type Account, account, settled } from './account.ts';
import { cause, type Fault, type Target } from './faults.ts';
import { type CardAccount, incidents } from './incidents.ts';
import { poison, slowConsumer } from './poison.ts';
import { setReadOnly } from './read-only.ts';

export interface ChaosOptions {
  seed: number;
  /** Events that the agent makes. */
  events: number;
  faults: number;
  onFault?: (fault: Fault, account: Account) => void;
}

export interface ChaosAccount extends Account, CardAccount {
  /** Messages that make no sense, against those that are in quarantine. */
  poisoned: number;
  quarantined: number;
}

const host = 'chaos-1';
const channel = 'CALERTS';
const hubs = 2;
const quietWithinMs = 240_000;

/**
 * A real agent, nats-server, Postgres, two hubs and a bot before an emulated Slack: each is killed and
 * stopped at random while events and incidents are under way, Postgres takes no writes for a while,
 * messages make no sense, and somebody reads too slowly. Ends when all that was made is stored and
 * posted, or nothing has come for minutes.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosAccount> {
  const world = await startWorld();
  const slack = await startSlack();
  const running: { end(): Promise<unknown> }[] = [];
  const agent = agentProcess(host, world.nats.url, options.events);
  try {
    const hubTargets = await Promise.all(Array.from({ length: hubs }, () => startHub(world)));
    running.push(...hubTargets.map(({ kill }) => ({ end: kill })));
    const [first] = hubTargets;
    const bot = await startBot({
      SLACK_API_URL: slack.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_ALERT_CHANNEL: channel,
      CORONER_API_URL: first?.url ?? '',
      CORONER_API_TOKEN: testToken,
      NATS_URL: world.nats.url,
    });
    running.push({ end: bot.kill });
    agent.start();
    const bad = poison(world, host);
    const agentTarget: Target = {
      name: 'agent',
      pid: agent.pid,
      kill: () => agent.end('SIGKILL'),
      start: agent.start,
      ills: [bad.ill],
    };
    const targets = [agentTarget, ...hubTargets, bot, ...serversOf(world)];
    const random = seeded(options.seed);
    const told = incidents(world, slack, channel);
    for (let count = 0; count < options.faults; count += 1) {
      await told.make();
      const fault = await cause(targets, random);
      options.onFault?.(fault, await account(world, host, agent.generated()));
    }
    await until('all events are made', () => agent.generated() === options.events, quietWithinMs);
    const stored = await settled(world, host, options.events);
    const cards = await told.settled(quietWithinMs);
    const inQuarantine = () => world.count('select count(*)::integer from quarantine');
    await until(
      'what makes no sense is in quarantine',
      async () => (await inQuarantine()) === bad.sent(),
    ).catch(() => undefined);
    return { ...stored, ...cards, poisoned: bad.sent(), quarantined: await inQuarantine() };
  } finally {
    await agent.remove();
    for (const each of running) await each.end();
    await slack.close();
    await world.stop();
  }
}

function serversOf(world: World): Target[] {
  const { nats, postgres } = world;
  return [
    {
      name: 'nats-server',
      pid: nats.pid,
      kill: nats.crash,
      start: nats.start,
      ills: [slowConsumer(nats.url), { kind: 'a restart', begin: nats.end, end: nats.start }],
    },
    {
      name: 'postgres',
      pid: postgres.pid,
      kill: postgres.crash,
      start: postgres.start,
      ills: [
        {
          kind: 'no writes',
          begin: () => setReadOnly(world, 'on'),
          end: () => setReadOnly(world, 'off'),
        },
      ],
    },
  ];
}

/** On the same port each time, for the bot knows it by its address. */
async function startHub(world: World): Promise<Target & { url: string }> {
  const port = await freePort();
  let hub: HubProcess | null = null;
  const start = async () => {
    const environment = { CORONER_API_PORT: String(port) };
    hub = await startHubProcess(world.nats.url, world.databaseUrl, environment);
  };
  await start();
  return {
    name: `hub on ${port}`,
    url: `http://127.0.0.1:${port}`,
    pid: () => hub?.pid ?? 0,
    kill: async () => hub?.end('SIGKILL'),
    start,
  };
}

async function startBot(environment: Record<string, string>): Promise<Target> {
  let bot: RunningBot | null = null;
  const start = async () => {
    bot = runBot(environment);
    await bot.ready();
  };
  await start();
  return { name: 'bot', pid: () => bot?.pid ?? 0, kill: async () => bot?.kill(), start };
}
