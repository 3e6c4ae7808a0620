import type { RunningBot } from './run-bot.ts';
import type { Scene } from './scene.ts';

/** How Slack's events reach a bot. */
export const ways = ['socket', 'http'] as const;
export type Way = (typeof ways)[number];

/** A bot of the scene that is ready to hear; over HTTP the events go to the one that was started last. */
export async function botOver(
  way: Way,
  here: Scene,
  more: Record<string, string> = {},
): Promise<RunningBot> {
  const http = {
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: here.slack.signingSecret,
    PORT: '0',
  };
  const bot = here.bot({ ...(way === 'http' ? http : {}), ...more });
  const address = await bot.ready();
  if (way === 'http')
    here.slack.sendTo(`http://127.0.0.1:${/\d+/.exec(address)?.[0]}/slack/events`);
  return bot;
}
