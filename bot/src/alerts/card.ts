import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Alert } from '@coroner/schema/wire/alert';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Posted } from '../slack/post/posted.ts';
import { postOnce, updateOnce } from '../slack/post/poster.ts';
import { refusalOf } from '../slack/post/refusal.ts';
import type { SlackMessage } from '../slack/render/blocks.ts';
import { announceReopened } from './announce-reopened.ts';
import { findPosted, metadataOfCard } from './find-posted.ts';

/** Longer than one call of Slack with its timeouts takes. */
const leaseSeconds = 60;
const rememberedCards = 10_000;
/** Somebody who deletes every card of an incident gets no more than so many new ones. */
const mostSuccessors = 5;
/** Slack edits such a card never again: it was deleted, or is too old. */
const lost = new Set(['message_not_found', 'edit_window_closed', 'cant_update_message']);

const CardValue = z.object({ channel: z.string(), ts: z.string(), revision: z.number() });

interface Card extends z.infer<typeof CardValue> {
  /** Of the claim by which it was posted. */
  key: string;
  /** How many cards of this incident were lost before. */
  successor: number;
}

/** No card is known; `suspect`: Slack may have one all the same. */
interface Unposted {
  suspect: boolean;
}

const isPosted = (card: Card | Unposted): card is Card => 'ts' in card;

/** Another bot is about to post this incident: look again in a moment. */
export class CardBusyError extends Error {}

export interface Cards {
  /** Post or update: which of the two the next state of this incident needs, as far as is known. */
  kind(incidentId: string): 'post' | 'update';
  /** Finds the incident's card, or takes the right to post one. Rejects with HubError or CardBusyError. */
  reserve(incidentId: string): Promise<void>;
  /**
   * Makes the incident's one card show this state, and says where it is. `suspect`: Slack may have a
   * card already. Rejects with the client's errors, HubError or CardBusyError.
   */
  show(alert: Alert, suspect: boolean): Promise<Posted>;
}

/**
 * One card an incident and channel, whichever bot posts it: the claim at the hub decides. A card that
 * Slack has no more gets a successor, whose claim is named after it, so that all bots agree again.
 * `render`: `isNew` for the first card of an incident, which alone may name people.
 */
export function cards(
  client: webApi.WebClient,
  hub: HubClient,
  holder: string,
  channel: string,
  log: Logger,
  render: (alert: Alert, isNew: boolean) => SlackMessage,
): Cards {
  const known = new Map<string, Card>();

  function remember(incidentId: string, card: Card) {
    known.delete(incidentId);
    known.set(incidentId, card);
    const oldest = known.size > rememberedCards ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
  }

  async function note({ key, successor: _, ...value }: Card): Promise<void> {
    try {
      await hub.call('PUT /v1/claims', { body: { key, holder, value } });
    } catch (error) {
      // `conflict`: the card is another bot's, and its first revision stays noted. That is enough.
      log.debug({ key, error: String(error) }, 'the hub did not note the revision of a card');
    }
  }

  /** The card of this claim; or it is ours to post, and whether another bot may have done so. */
  async function cardOf(key: string, successor: number): Promise<Card | Unposted> {
    const { granted, claim } = await hub.call('POST /v1/claims', {
      body: { key, holder, leaseSeconds },
    });
    const value = CardValue.safeParse(claim.value);
    if (value.success) return { ...value.data, key, successor };
    if (!granted) throw new CardBusyError(`${claim.holder} posts ${key}`);
    return { suspect: claim.takenOver };
  }

  async function post(alert: Alert, suspect: boolean, isNew: boolean): Promise<Posted> {
    const { incidentId, firstAt } = alert;
    const found = suspect ? await findPosted(client, channel, incidentId, firstAt, log) : null;
    const metadata = metadataOfCard(incidentId);
    if (!found) return postOnce(client, channel, render(alert, isNew), { metadata });
    await updateOnce(client, found, render(alert, false));
    return found;
  }

  async function postNew(alert: Alert, key: string, successor: number, suspect: boolean) {
    const posted = await post(alert, suspect, successor === 0);
    const card = { ...posted, revision: alert.revision, key, successor };
    remember(alert.incidentId, card);
    await note(card);
    return posted;
  }

  async function update(alert: Alert, card: Card): Promise<Posted> {
    const { incidentId, revision } = alert;
    remember(incidentId, card);
    if (revision <= card.revision) return card;
    try {
      await updateOnce(client, card, render(alert, false));
    } catch (error) {
      const refusal = refusalOf(error);
      const isLost = refusal?.kind === 'permanent' && lost.has(refusal.code);
      if (!isLost || card.successor >= mostSuccessors) throw error;
      log.warn({ incidentId, channel, error: String(error) }, 'a card is lost: posting a new one');
      known.delete(incidentId);
      const key = `${card.key}:after:${card.ts}`;
      const next = await cardOf(key, card.successor + 1);
      if (isPosted(next)) return update(alert, next);
      return postNew(alert, key, card.successor + 1, next.suspect);
    }
    await announceReopened(client, hub, holder, alert, card);
    remember(incidentId, { ...card, revision });
    await note({ ...card, revision });
    return card;
  }

  const keyOf = (incidentId: string) => `alert:${incidentId}:${channel}`;

  return {
    kind: (incidentId) => (known.has(incidentId) ? 'update' : 'post'),
    async reserve(incidentId) {
      if (known.has(incidentId)) return;
      const card = await cardOf(keyOf(incidentId), 0);
      if (isPosted(card)) remember(incidentId, card);
    },
    async show(alert, suspect) {
      const key = keyOf(alert.incidentId);
      const card = known.get(alert.incidentId) ?? (await cardOf(key, 0));
      return isPosted(card) ? update(alert, card) : postNew(alert, key, 0, suspect || card.suspect);
    },
  };
}
