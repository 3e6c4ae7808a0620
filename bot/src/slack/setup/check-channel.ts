import type { webApi } from '@slack/bolt';
import { slackError } from './check-token.ts';
import { type Finding, good, limited, wrong } from './finding.ts';

const what = 'SLACK_ALERT_CHANNEL';

/** The channel for alerts: it exists, and the bot is in it. */
export async function checkChannel(
  client: webApi.WebClient,
  channel: string | null,
): Promise<Finding> {
  if (channel === null)
    return limited(
      what,
      'not set: alerts that no route takes are not posted',
      'set it to the id of a channel, C…',
    );
  try {
    const { channel: found } = await client.conversations.info({ channel });
    const name = `#${found?.name ?? channel}`;
    if (found?.is_archived) return wrong(what, `${name} is archived`, 'choose another channel');
    if (found?.is_member) return good(what, `the bot is in ${name}`);
    return wrong(what, `the bot is not in ${name}`, `type /invite @Coroner in ${name}`);
  } catch (error) {
    return wrong(
      what,
      `${channel}: ${slackError(error)}`,
      'take the id (C…) from "About this channel", and invite the bot there',
    );
  }
}
