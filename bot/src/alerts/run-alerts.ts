import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { HubClient } from '../hub-client/hub-client.ts';
import type { ChannelQueue } from '../slack/post/channel-queue.ts';
import { cards } from './card.ts';
import { consumeAlerts } from './consume-alerts.ts';
import { deliver } from './deliver.ts';
import { incidentBoard } from './incident-board.ts';

export interface AlertParts {
  client: webApi.WebClient;
  queue: ChannelQueue;
  hub: HubClient;
  holder: string;
  channel: string;
  natsUrl: string;
  log: Logger;
}

/** Posts each incident of the stream into the channel, until `signal` aborts. */
export async function runAlerts(parts: AlertParts, signal: AbortSignal): Promise<void> {
  const { client, queue, hub, holder, channel, natsUrl, log } = parts;
  const board = incidentBoard();
  const incidents = cards(client, hub, holder, channel, log);
  let keepAlive: NodeJS.Timeout | undefined;
  await consumeAlerts(
    natsUrl,
    (alert, carrier) => {
      if (!board.put(alert, carrier)) return;
      void deliver(alert.incidentId, board, incidents, queue, channel, log, signal);
    },
    log,
    signal,
    (ackWaitMs) => {
      log.info({ channel }, 'alerts are on');
      clearInterval(keepAlive);
      keepAlive = setInterval(() => {
        for (const carrier of board.carriers()) carrier.working();
      }, ackWaitMs / 3);
    },
  );
  clearInterval(keepAlive);
}
