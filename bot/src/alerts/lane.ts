import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Alert } from '@coroner/schema/wire/alert';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { ChannelQueue } from '../slack/post/channel-queue.ts';
import { withMentions } from '../slack/render/mentions.ts';
import { withPages } from '../slack/render/page-links.ts';
import { renderAlert } from '../slack/render/render-alert.ts';
import { type Cards, cards } from './card.ts';
import { deliver } from './deliver.ts';
import { destinationsOf } from './destinations.ts';
import { type Carrier, incidentBoard } from './incident-board.ts';
import type { Occurrences } from './occurrences/tell-occurrences.ts';
import { undeliverable } from './undeliverable.ts';

export interface LaneParts {
  client: webApi.WebClient;
  queue: ChannelQueue;
  hub: HubClient;
  holder: string;
  /** For what no route takes; null: that is not posted. */
  channel: string | null;
  publicUrl: string | null;
  log: Logger;
}

/** What one channel has to get; channels do not wait for one another. */
export interface Lane {
  take(alert: Alert, carrier: Carrier): void;
  /** Every message that waits, to tell the stream that we work on it. */
  carriers(): Carrier[];
}

export function lane(
  parts: LaneParts & {
    /** The newest state that the stream holds; null when it cannot tell. */
    newest(incidentId: string): Promise<Alert | null>;
    occurrences: Occurrences;
  },
  channel: string,
  signal: AbortSignal,
): Lane {
  const { client, queue, hub, holder, log, publicUrl, channel: own, newest, occurrences } = parts;
  const board = incidentBoard();
  const render = (alert: Alert, isNew: boolean) => {
    const here = destinationsOf(alert, own).find((each) => each.channel === channel);
    const card = withMentions(renderAlert(alert), isNew ? (here?.mentions ?? []) : []);
    return withPages(card, publicUrl, [
      { kind: 'incidents', id: alert.incidentId, title: 'Incident' },
      { kind: 'deaths', id: alert.answer.death.id, title: 'All evidence' },
    ]);
  };
  const delivering = {
    ...{ board, queue, channel, log, newest },
    undeliverable: undeliverable(channel, log),
    cards: noting(inTurn(cards(client, hub, holder, channel, log, render)), occurrences),
  };
  return {
    take(alert, carrier) {
      if (board.put(alert, carrier)) void deliver(alert.incidentId, delivering, signal);
    },
    carriers: board.carriers,
  };
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

/** What a card shows, its thread may have to tell. */
function noting(all: Cards, occurrences: Occurrences): Cards {
  return {
    ...all,
    async show(alert, suspect) {
      const card = await all.show(alert, suspect);
      occurrences.note(alert, card);
      return card;
    },
  };
}
