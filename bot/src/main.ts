import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { hubClient } from '@coroner/schema/client/hub-client';
import type { Logger } from 'pino';
import { runAlerts } from './alerts/run-alerts.ts';
import { type BotConfig, readConfig } from './config.ts';
import { runDigests } from './digests/run-digests.ts';
import { locateHub } from './locate-hub.ts';
import { openLog } from './log.ts';
import { checkFiles, readAgain } from './reload.ts';
import { runSlackBot } from './slack/connect/slack-bot.ts';
import { slackClient } from './slack/connect/slack-client.ts';
import { channelQueue } from './slack/post/channel-queue.ts';

async function main(): Promise<void> {
  let config = readConfig(process.env);
  if (process.argv.includes('--check-config')) {
    checkFiles(config);
    process.stdout.write('The configuration is right.\n');
    return;
  }
  const log = openLog(config.logLevel);
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => stopping.abort(new Error(`stopped by ${signal}`)));
  }
  // The same before and after a reload: what it holds at the hub stays its own.
  const holder = `${hostname()}:${process.pid}:${randomUUID()}`;
  let serving = new AbortController();
  process.on('SIGHUP', () => {
    const now = readAgain(log);
    if (!now) return;
    config = now;
    log.level = now.logLevel;
    serving.abort(new Error('reloaded'));
  });
  while (!stopping.signal.aborted) {
    serving = new AbortController();
    const signal = AbortSignal.any([stopping.signal, serving.signal]);
    if (config.slack) await serveSlack(config, holder, log, signal);
    else await withoutSlack(config, log, signal);
    if (serving.signal.aborted) log.info('reloaded');
  }
  log.info('stopped');
}

async function serveSlack(config: BotConfig, holder: string, log: Logger, until: AbortSignal) {
  const { slack, natsUrl, natsFiles } = config;
  if (!slack) return;
  const failing = new AbortController();
  const signal = AbortSignal.any([until, failing.signal]);
  const client = slackClient(slack, log);
  const queue = channelQueue((waiting) => log.warn(waiting, 'Slack did not take it: trying again'));
  const hub = hubClient(locateHub(config));
  const shared = { client, queue, hub, holder, log };
  const parts = [
    runSlackBot({ ...shared, config: slack }, signal, (address) => log.info({ address }, 'ready')),
  ];
  const { alertChannel: channel, publicUrl, occurrencesEveryMs } = slack;
  const { digestChannel, digests } = slack;
  if (digestChannel)
    parts.push(runDigests({ ...shared, channel: digestChannel, publicUrl }, digests, signal));
  if (natsUrl)
    parts.push(
      runAlerts(
        {
          ...{ ...shared, channel, publicUrl, occurrencesEveryMs },
          nats: { url: natsUrl, files: natsFiles },
        },
        signal,
      ),
    );
  else log.warn('no alerts are posted: NATS_URL is not set');
  if (!channel)
    log.warn('alerts that no route takes are not posted: SLACK_ALERT_CHANNEL is not set');
  try {
    await Promise.all(parts);
  } catch (error) {
    if (signal.aborted) return;
    failing.abort(error);
    throw error;
  } finally {
    queue.stop();
  }
}

/** Nothing to do but to say so; `npm start` offers the conversation on the terminal instead. */
async function withoutSlack(config: BotConfig, log: Logger, signal: AbortSignal): Promise<void> {
  log.info(
    `Slack is off: ${config.slackMissing} not set. Ask on the terminal: npx coroner ask "why did nginx die?"`,
  );
  log.info({ address: 'none' }, 'ready');
  const alive = setInterval(() => undefined, 3_600_000);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  clearInterval(alive);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `coroner-bot: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  },
);
