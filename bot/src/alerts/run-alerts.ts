import type { Alert } from '@coroner/schema/wire/alert';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { HubClient } from '../hub-client/hub-client.ts';
import type { ChannelQueue } from '../slack/post/channel-queue.ts';
import { withPages } from '../slack/render/page-links.ts';
import { renderAlert } from '../slack/render/render-alert.ts';
import { type Cards, cards } from './card.ts';
import {
  type AlertServer,
  type AlertSource,
  consumeAlerts,
  type OnAlert,
} from './consume-alerts.ts';
import { type Delivering, deliver } from './deliver.ts';
import { incidentBoard } from './incident-board.ts';
import { undeliverable } from './undeliverable.ts';

export interface AlertParts {
  client: webApi.WebClient;
  queue: ChannelQueue;
  hub: HubClient;
  holder: string;
  channel: string;
  publicUrl: string | null;
  nats: AlertServer;
  log: Logger;
}

/** Posts each incident of the stream into the channel, until `signal` aborts. */
export async function runAlerts(parts: AlertParts, signal: AbortSignal): Promise<void> {
  const { client, queue, hub, holder, channel, nats, publicUrl, log } = parts;
  const board = incidentBoard();
  const linked = (alert: Alert) =>
    withPages(renderAlert(alert), publicUrl, [
      { kind: 'incidents', id: alert.incidentId, title: 'Incident' },
      { kind: 'deaths', id: alert.answer.death.id, title: 'All evidence' },
    ]);
  let source: AlertSource | null = null;
  const delivering: Delivering = {
    board,
    queue,
    channel,
    log,
    undeliverable: undeliverable(channel, log),
    cards: inTurn(cards(client, hub, holder, channel, log, linked)),
    newest: async (incidentId) => source?.newest(incidentId) ?? null,
  };
  let keepAlive: NodeJS.Timeout | undefined;
  const onAlert: OnAlert = (alert, carrier) => {
    if (board.put(alert, carrier)) void deliver(alert.incidentId, delivering, signal);
  };
  await consumeAlerts(nats, onAlert, log, signal, (ready) => {
    log.info({ channel }, 'alerts are on');
    source = ready;
    clearInterval(keepAlive);
    keepAlive = setInterval(() => {
      for (const carrier of board.carriers()) carrier.working();
    }, ready.ackWaitMs / 3);
  });
  clearInterval(keepAlive);
}

/** One claim after the other: incidents stand in the channel in the order in which they came. */
function inTurn(all: Cards): Cards {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...all,
    reserve(incidentId) {
      const reserved = last.then(() => all.reserve(incidentId));
      last = reserved.catch(() => undefined);
      return reserved;
    },
  };
}
