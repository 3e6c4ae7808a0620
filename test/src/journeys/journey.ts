import { afterAll, beforeAll } from 'vitest';
import type { Slack } from '../slack/slack.ts';
import { startSlack } from '../slack/start-slack.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { type Victims, victims } from '../victims/victims.ts';

export const alertChannel = 'CALERTS';

/** Filled in before the first test of the file. */
export interface Journey {
  stack: Stack;
  lab: Victims;
  /** Only where the journey asked for it. */
  slack: Slack;
}

export interface JourneyOptions {
  environment?: Record<string, string>;
  /** Runs the bot against an emulated Slack, by Socket Mode or by signed HTTP events. */
  slack?: 'socket' | 'http';
}

/** All of Coroner and some victims: up before the tests of a file, gone after them. */
export function journey({ environment = {}, slack }: JourneyOptions = {}): Journey {
  const here = {} as Journey;
  beforeAll(async () => {
    here.lab = victims();
    if (slack) here.slack = await startSlack();
    here.stack = await startStack({
      environment: { ...environment, ...(slack ? toSlack(here.slack, slack) : {}) },
    });
  });
  afterAll(async () => {
    // What is missing failed to start, and the test runner has said so.
    await here.lab?.clean();
    await here.stack?.stop();
    await here.slack?.close();
  });
  return here;
}

/** What brings the bot to that Slack. */
export function toSlack(slack: Slack, way: 'socket' | 'http'): Record<string, string> {
  return {
    SLACK_API_URL: slack.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_ALERT_CHANNEL: alertChannel,
    ...(way === 'socket'
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret, PORT: '0' }),
  };
}
