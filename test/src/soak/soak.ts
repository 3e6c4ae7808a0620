import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AgentProcess, agentProcess } from '@coroner/agent/dist/testing/agent-process.js';
import { ask, testToken } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startNats } from '@coroner/hub/dist/testing/servers/nats.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { account } from '../chaos/account.ts';
import { type CardAccount, incidents } from '../chaos/incidents.ts';
import { type Cable, layCable } from '../chaos/network.ts';
import { runBot } from '../slack/stage/run-bot.ts';
import { startSlack } from '../slack/start-slack.ts';
import { until } from '../stack/until.ts';
import { fromSource, startAgent } from '../storm/agent.ts';
import { openScope } from '../storm/scope.ts';
import { type Victims, victims } from '../victims/victims.ts';
import { growing, type Series } from './judge.ts';
import { sampler } from './sample.ts';

export interface SoakOptions {
  ms: number;
  sampleEveryMs: number;
  /** Simulated hosts: one with the real probe, for the kernel is one; the others make their events. */
  hosts: number;
  hubs: number;
  /** Of the cables of its hosts, so that two soaks on one machine do not meet. */
  firstCable: number;
  onSample?: (series: readonly Series[]) => void;
}

export interface SoakReport extends CardAccount {
  generated: number;
  lost: number;
  duplicated: number;
  /** Processes that were really killed, and the deaths that are stored of them. */
  killed: number;
  deaths: number;
  /** Records that the probe said it lost for want of room, whatever they were of. */
  toldLost: number;
  series: readonly Series[];
  /** What grew, in words. */
  growing: readonly string[];
}

const channel = 'CALERTS';
/** 50 events in this time, of each host. */
const paceMs = 2_000;
const killEveryMs = 1_000;
const incidentEveryMs = 5_000;
const settleWithinMs = 120_000;

/** Everything runs for so long under an even load; then all of it must be there, once, and nothing have grown. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const ends: (() => unknown)[] = [];
  try {
    return await soak(options, ends);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function soak(options: SoakOptions, ends: (() => unknown)[]): Promise<SoakReport> {
  const world = await startWorld({ natsServer: () => startNats({ address: '0.0.0.0' }) });
  ends.push(world.stop);
  const slack = await startSlack();
  ends.push(slack.close);
  const hubs: HubProcess[] = [];
  for (let count = 0; count < options.hubs; count += 1) {
    const hub = await startHubProcess(world.nats.url, world.databaseUrl);
    ends.push(() => hub.end('SIGTERM'));
    hubs.push(hub);
  }
  const [first] = hubs;
  if (!first) throw new Error('a soak needs a hub');
  const bot = runBot({
    SLACK_API_URL: slack.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_ALERT_CHANNEL: channel,
    CORONER_API_URL: first.address,
    CORONER_API_TOKEN: testToken,
    NATS_URL: world.nats.url,
  });
  ends.push(bot.kill);
  await bot.ready();

  const { firstCable } = options;
  const real = await realHost(world, firstCable, ends);
  const made = Array.from({ length: options.hosts - 1 }, (_, index) =>
    madeHost(world, index + 1, firstCable, ends),
  );
  const told = incidents(world, slack, channel);
  const watched = {
    'agent with probe': real.agent.pid,
    ...Object.fromEntries(made.map(({ name, agent }) => [`agent of ${name}`, agent.pid])),
    ...Object.fromEntries(hubs.map(({ pid }, index) => [`hub ${index + 1}`, () => pid])),
    bot: () => bot.pid,
    'nats-server': world.nats.pid,
  };
  const samples = sampler(watched, world);
  const endMs = performance.now() + options.ms;
  const isOver = () => performance.now() >= endMs;
  await Promise.all([
    every(options.sampleEveryMs, isOver, async () => {
      await samples.sample();
      options.onSample?.(samples.series());
    }),
    every(killEveryMs, isOver, real.kill),
    every(incidentEveryMs, isOver, async () => {
      await told.make();
      await ask(first.address, `/v1/why?process=${real.comm}`);
      await ask(first.address, '/v1/incidents');
    }),
  ]);

  // Nothing more is made: what is on its way arrives.
  for (const { agent } of made) await agent.end('SIGTERM');
  const accounts = () =>
    Promise.all(made.map(({ name, agent }) => account(world, name, agent.generated())));
  const deaths = () =>
    world.count('select count(*)::integer from deaths where host = $1 and comm = $2', [
      real.name,
      real.comm,
    ]);
  const toldLost = () =>
    world.count(
      `select coalesce(sum((body ->> 'lost')::bigint), 0)::integer from events
       where host = $1 and kind = 'gap'`,
      [real.name],
    );
  // What an agent had not sent when it stopped is in its spool, and goes out at its next start.
  for (const { agent } of made) agent.start(agent.generated());
  await until(
    'all has arrived',
    async () =>
      (await accounts()).every(({ lost }) => lost.length === 0) &&
      (await deaths()) + (await toldLost()) >= real.killed(),
    settleWithinMs,
  ).catch(() => undefined);
  const cards = await told.settled(settleWithinMs);
  const all = await accounts();
  return {
    ...cards,
    generated: all.reduce((sum, { generated }) => sum + generated, 0),
    lost: all.reduce((sum, { lost }) => sum + lost.length, 0),
    duplicated: all.reduce((sum, { duplicated }) => sum + duplicated, 0),
    killed: real.killed(),
    deaths: await deaths(),
    toldLost: await toldLost(),
    series: samples.series(),
    growing: growing(samples.series()),
  };
}

/** Runs a program until it says that it is up, and kills it. */
const killer = `
import subprocess, sys
victim = subprocess.Popen([sys.argv[1], "rest"], stdout=subprocess.PIPE)
victim.stdout.readline()
victim.kill()
sys.exit(victim.wait() != -9)
`;

/** Behind a cable of its own, which it reaches nats-server by. */
function placed(world: World, number: number, ends: (() => unknown)[]): [Cable, string] {
  const cable = layCable(number);
  ends.push(cable.remove);
  return [cable, world.nats.url.replace('0.0.0.0', cable.address)];
}

async function realHost(world: World, firstCable: number, ends: (() => unknown)[]) {
  const [cable, natsUrl] = placed(world, firstCable, ends);
  const lab: Victims = victims();
  ends.push(lab.clean);
  const [name, comm] = [lab.name('soak'), lab.name()];
  const path = lab.program(comm);
  const stateDir = mkdtempSync(join(tmpdir(), 'coroner-soak-'));
  ends.push(() => rmSync(stateDir, { recursive: true, force: true }));
  // The kernel is everybody's on this machine; what others do here is no part of the soak.
  const scope = await openScope();
  ends.push(scope.end);
  const environment = {
    CORONER_SCOPE_PID_NAMESPACE: String(scope.inode),
    CORONER_HOST: name,
    CORONER_STATE_DIR: stateDir,
    CORONER_BACKFILL_DAYS: '0',
    NATS_URL: natsUrl,
  };
  const [ip = '', ...words] = cable.within;
  const agent = await startAgent(environment, [ip, ...words, ...fromSource]);
  ends.push(agent.stop);
  let killed = 0;
  return {
    ...{ name, comm, agent },
    killed: () => killed,
    async kill() {
      const [command, ...words] = scope.into;
      const { end } = await lab.send(command, [...words, 'python3', '-c', killer, path]);
      const { code } = await end;
      if (code !== 0) throw new Error(`nothing was killed: the killer ended with ${code}`);
      killed += 1;
    },
  };
}

function madeHost(
  world: World,
  number: number,
  firstCable: number,
  ends: (() => unknown)[],
): { name: string; agent: AgentProcess } {
  const [{ within }, natsUrl] = placed(world, firstCable + number, ends);
  const name = `soak-${number}`;
  const agent = agentProcess(name, natsUrl, Number.MAX_SAFE_INTEGER, { within, paceMs });
  ends.push(agent.remove);
  agent.start();
  return { name, agent };
}

async function every(ms: number, isOver: () => boolean, work: () => Promise<unknown>) {
  while (!isOver()) {
    const nextMs = performance.now() + ms;
    await work();
    await sleep(Math.max(0, nextMs - performance.now()));
  }
}
