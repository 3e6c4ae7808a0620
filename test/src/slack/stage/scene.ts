import type { Answer } from '@coroner/schema/http/answer';
import type { Slack, SlackOptions } from '../slack.ts';
import { startSlack } from '../start-slack.ts';
import { type RunningBot, runBot } from './run-bot.ts';
import { sampleAnswer } from './sample-answer.ts';
import { type StandInHub, startStandInHub } from './stand-in-hub.ts';

export interface Scene {
  slack: Slack;
  hub: StandInHub;
  /** Slack is gone, and comes back at the same address when the result is called. */
  slackDown(): Promise<() => Promise<void>>;
  /** Another bot of the same workspace and hub. */
  bot(more?: Record<string, string>): RunningBot;
  close(): Promise<void>;
}

/** A Slack and a hub, and bots as wanted; `close` stops all of them. */
export async function scene(
  answers: Answer[] = [sampleAnswer()],
  options: SlackOptions = {},
): Promise<Scene> {
  const hub = await startStandInHub(answers);
  const bots: RunningBot[] = [];
  const here: Scene = {
    slack: await startSlack(options),
    hub,
    async slackDown() {
      const { port } = here.slack;
      await here.slack.close();
      return async () => {
        here.slack = await startSlack({ ...options, port });
      };
    },
    bot(more = {}) {
      const bot = runBot({
        SLACK_API_URL: here.slack.url,
        SLACK_BOT_TOKEN: here.slack.botToken,
        SLACK_APP_TOKEN: here.slack.appToken,
        CORONER_API_URL: hub.url,
        CORONER_API_TOKEN: hub.token,
        ...more,
      });
      bots.push(bot);
      return bot;
    },
    async close() {
      await Promise.all(bots.map((bot) => bot.kill()));
      await here.slack.close();
      await hub.close();
    },
  };
  return here;
}
