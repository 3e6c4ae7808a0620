import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Slack } from '../slack.ts';
import { startSlack } from '../start-slack.ts';
import { type RunningBot, runBot } from './run-bot.ts';

/** What the tests of a file play on; a test may put another hub or Slack in its place. */
export interface Stage {
  world: World;
  hub: HubProcess;
  slack: Slack;
  /** Those that the test has started. */
  bots: RunningBot[];
  /** Starts one in Socket Mode, which asks the hub. */
  bot(more?: Record<string, string>): RunningBot;
}

/** nats-server, Postgres and a real hub for all tests of the file, a Slack and its bots for each. */
export function withHub(usual: (world: World) => Record<string, string> = () => ({})): Stage {
  const stage = {
    bots: [] as RunningBot[],
    bot(more: Record<string, string> = {}): RunningBot {
      const { slack, hub, world } = stage;
      const started = runBot({
        SLACK_API_URL: slack.url,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        CORONER_API_URL: hub.address,
        CORONER_API_TOKEN: testToken,
        ...usual(world),
        ...more,
      });
      stage.bots.push(started);
      return started;
    },
  } as Stage;
  beforeAll(async () => {
    stage.world = await startWorld();
    stage.hub = await startHubProcess(stage.world.nats.url, stage.world.databaseUrl);
  });
  afterAll(async () => {
    await stage.hub?.end('SIGTERM');
    await stage.world?.stop();
  });
  beforeEach(async () => {
    stage.slack = await startSlack();
  });
  afterEach(async () => {
    await Promise.all(stage.bots.map((bot) => bot.kill()));
    stage.bots = [];
    await stage.slack.close();
  });
  return stage;
}
