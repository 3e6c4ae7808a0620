import type { AlertRoute } from '@coroner/schema/http/alert-routes';
import type { Logger } from 'pino';
import type { BotConfig } from '../../config.ts';
import { clientOptions, slackClient } from '../connect/slack-client.ts';
import { checkActors } from './check-actors.ts';
import { checkChannel, checkRoutes } from './check-channel.ts';
import { checkInlet } from './check-inlet.ts';
import { checkToken } from './check-token.ts';
import { type Finding, good, limited, wrong } from './finding.ts';

/**
 * Tries everything that the bot needs of Slack, and posts nothing. Never rejects. `routesOf`: those
 * that the hub knows; may reject.
 */
export async function checkSetup(
  config: BotConfig,
  log: Logger,
  routesOf: () => Promise<AlertRoute[]>,
): Promise<Finding[]> {
  const { slack, slackMissing, natsUrl } = config;
  if (!slack)
    return [
      wrong(
        'environment',
        `${slackMissing} not set`,
        'create the app from infra/slack/manifest.json',
      ),
    ];
  const client = slackClient(slack, log);
  const token = await checkToken(client);
  if (token[0]?.state === 'wrong') return token;
  return [
    ...token,
    await checkInlet(slack.inlet, clientOptions(slack, log)),
    await checkChannel(client, slack.alertChannel),
    ...(slack.digests.length > 0
      ? [await checkChannel(client, slack.digestChannel, 'digests')]
      : []),
    ...(await routesOf().then(
      (routes) => checkRoutes(client, routes),
      (error: Error) => [
        limited('routes', `not checked: ${error.message}`, 'start the hub, or set CORONER_API_URL'),
      ],
    )),
    await checkActors(client, slack.actors),
    natsUrl
      ? good('NATS_URL', 'alerts come from there')
      : limited('NATS_URL', 'not set: no alerts are posted', 'npm start sets it by itself'),
  ];
}
