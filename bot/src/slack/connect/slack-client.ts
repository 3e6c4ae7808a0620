import { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { SlackConfig } from '../../config.ts';
import { slackLogger } from './slack-logger.ts';

const callTimeoutMs = 15_000;

/** A client reports failures at once: waiting and repeating is the queue's business. */
export function clientOptions(config: SlackConfig, log: Logger): webApi.WebClientOptions {
  return {
    logger: slackLogger(log),
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: callTimeoutMs,
    ...(config.apiUrl ? { slackApiUrl: config.apiUrl } : {}),
  };
}

export function slackClient(config: SlackConfig, log: Logger): webApi.WebClient {
  return new webApi.WebClient(config.botToken, clientOptions(config, log));
}
