import type { AlertRoute } from '@coroner/schema/http/alert-routes';
import { printable } from '@coroner/schema/verdict/words/printable';
import type { webApi } from '@slack/bolt';
import { slackError } from './check-token.ts';
import { type Finding, good, limited, wrong } from './finding.ts';

const own = 'SLACK_ALERT_CHANNEL';
/** Of messages to a person there is nothing to check. */
const isChannel = /^[CG]/;

/** The channels of routes, as {@link checkChannel} checks one. */
export function checkRoutes(
  client: webApi.WebClient,
  routes: readonly AlertRoute[],
): Promise<Finding[]> {
  const names = new Map(routes.map(({ channel, name }) => [channel, name]));
  return Promise.all(
    [...names]
      .filter(([channel]) => isChannel.test(channel))
      .map(([channel, name]) => checkChannel(client, channel, `route ${printable(name)}`)),
  );
}

/** The channel for alerts: it exists, and the bot is in it. */
export async function checkChannel(
  client: webApi.WebClient,
  channel: string | null,
  what = own,
): Promise<Finding> {
  if (channel === null)
    return limited(
      what,
      what === own
        ? 'not set: alerts that no route takes are not posted'
        : 'no channel is set: they are not posted',
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
