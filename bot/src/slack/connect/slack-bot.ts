import type { AddressInfo } from 'node:net';
import type { HubClient } from '@coroner/schema/client/hub-client';
import { App, HTTPReceiver, SocketModeReceiver, type webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { SlackConfig } from '../../config.ts';
import { actors } from '../act/actors.ts';
import { listenToActions } from '../act/listen.ts';
import { followAnswers } from '../follow/follow-answers.ts';
import { homes } from '../home/homes.ts';
import type { Answering } from '../listen/answering.ts';
import { listen } from '../listen/listeners.ts';
import { once } from '../listen/once.ts';
import { threads } from '../listen/threads.ts';
import { timeZones } from '../listen/time-zone.ts';
import { underWay } from '../listen/under-way.ts';
import type { ChannelQueue } from '../post/channel-queue.ts';
import { poster } from '../post/poster.ts';
import { listenToRoutes } from '../routes/listen.ts';
import { identify } from './identify.ts';
import { keepSocket } from './keep-socket.ts';
import { clientOptions } from './slack-client.ts';
import { slackLogger } from './slack-logger.ts';

/** What was asked before the stop is still answered, if Slack and the hub are there. */
const finishWithinMs = 4000;

export interface SlackBotParts {
  config: SlackConfig;
  client: webApi.WebClient;
  queue: ChannelQueue;
  hub: HubClient;
  /** Names this process at the hub's claims. */
  holder: string;
  log: Logger;
}

/**
 * Hears Slack and answers, until `signal` aborts; waits for Slack where it is down. `onReady` is
 * called once, with the address of the HTTP mode. Rejects when a token is wrong or the port is taken.
 */
export async function runSlackBot(
  parts: SlackBotParts,
  signal: AbortSignal,
  onReady: (address: string) => void,
): Promise<void> {
  const { config, client, log } = parts;
  const me = await identify(client, config.botToken, log, signal);
  const writer = poster(client, parts.queue);
  const { hub, holder } = parts;
  const answering: Answering = {
    actors: actors(client, config.actors, log),
    hub,
    poster: writer,
    follow: followAnswers(
      { hub, poster: writer, holder, publicUrl: config.publicUrl, log },
      signal,
    ),
    homes: homes(client, hub, log, signal),
    once: once(parts.hub, parts.holder, log),
    threads: threads(client, parts.hub, log),
    timezoneOf: timeZones(client, log),
    publicUrl: config.publicUrl,
    log,
  };
  const { inlet } = config;
  const receiver =
    inlet.mode === 'socket' ? socketReceiver(config, log) : httpReceiver(config, log);
  const app = new App({
    receiver,
    authorize: async () => me,
    clientOptions: clientOptions(config, log),
    logger: slackLogger(log),
    convoStore: false,
  });
  const answers = underWay();
  listen(app, answering, answers);
  listenToActions(app, answering, answers);
  listenToRoutes(app, answering, answers);
  if (receiver instanceof SocketModeReceiver) {
    await keepSocket(receiver, log, signal, () => onReady('socket'));
  } else if (inlet.mode === 'http') {
    const server = await receiver.start({ host: inlet.listen, port: inlet.port });
    onReady(`http port ${(server.address() as AddressInfo).port}`);
    await aborted(signal);
  }
  await receiver.stop();
  await answers.finished(finishWithinMs);
}

function socketReceiver(config: SlackConfig, log: Logger): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: config.inlet.mode === 'socket' ? config.inlet.appToken : '',
    logger: slackLogger(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(config, log) },
  });
}

function httpReceiver(config: SlackConfig, log: Logger): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret: config.inlet.mode === 'http' ? config.inlet.signingSecret : '',
    endpoints: ['/slack/events'],
    logger: slackLogger(log),
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
