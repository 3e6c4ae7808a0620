import { webApi } from '@slack/bolt';
import type { SlackInlet } from '../../config.ts';
import { slackError } from './check-token.ts';
import { type Finding, good, limited, wrong } from './finding.ts';

const signingSecret = /^[0-9a-f]{32}$/;

/** How events come in: a socket that opens, or a secret that looks like one. */
export async function checkInlet(
  inlet: SlackInlet,
  options: webApi.WebClientOptions,
): Promise<Finding> {
  if (inlet.mode === 'http') {
    const where = `listens on port ${inlet.port}, path /slack/events`;
    const what = 'SLACK_SIGNING_SECRET';
    return signingSecret.test(inlet.signingSecret)
      ? good(what, where)
      : limited(what, 'is not 32 hexadecimal digits', 'copy it from the page "Basic Information"');
  }
  const what = 'SLACK_APP_TOKEN';
  try {
    await new webApi.WebClient(inlet.appToken, options).apps.connections.open();
    return good(what, 'Socket Mode opens');
  } catch (error) {
    return wrong(
      what,
      slackError(error),
      'make an app-level token (xapp-…) with connections:write, and switch Socket Mode on',
    );
  }
}
