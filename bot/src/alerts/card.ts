import type { Alert } from '@coroner/schema/wire/alert';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { HubClient } from '../hub-client/hub-client.ts';
import { type Posted, postOnce, updateOnce } from '../slack/post/poster.ts';
import { renderAlert } from '../slack/render/render-alert.ts';
import { findPosted, metadataType } from './find-posted.ts';

/** Longer than one call of Slack with its timeouts takes. */
const leaseSeconds = 60;
const rememberedCards = 10_000;

const CardValue = z.object({ channel: z.string(), ts: z.string(), revision: z.number() });
type CardValue = z.infer<typeof CardValue>;

/** Another bot is about to post this incident: look again in a moment. */
export class CardBusyError extends Error {}

export interface Cards {
  /** Post or update: which of the two the next state of this incident needs, as far as is known. */
  kind(incidentId: string): 'post' | 'update';
  /**
   * Makes the incident's one card show this state. `suspect`: Slack may have a card already. Rejects
   * with the client's errors, HubError or CardBusyError.
   */
  show(alert: Alert, suspect: boolean): Promise<void>;
}

/** One card an incident and channel, whichever bot posts it: the claim at the hub decides. */
export function cards(
  client: webApi.WebClient,
  hub: HubClient,
  holder: string,
  channel: string,
  log: Logger,
): Cards {
  const known = new Map<string, CardValue>();

  function remember(incidentId: string, value: CardValue) {
    known.delete(incidentId);
    known.set(incidentId, value);
    const oldest = known.size > rememberedCards ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
  }

  async function note(key: string, value: CardValue): Promise<void> {
    try {
      await hub.claimDone({ key, holder, value });
    } catch (error) {
      // `conflict`: the card is another bot's, and its first revision stays noted. That is enough.
      log.debug({ key, error: String(error) }, 'the hub did not note the revision of a card');
    }
  }

  async function post(alert: Alert, suspect: boolean): Promise<Posted> {
    const { incidentId, firstAt } = alert;
    const found = suspect ? await findPosted(client, channel, incidentId, firstAt, log) : null;
    const payload = { event_type: metadataType, event_payload: { incident: incidentId } };
    if (!found) return postOnce(client, channel, renderAlert(alert), { metadata: payload });
    await updateOnce(client, found, renderAlert(alert));
    return found;
  }

  return {
    kind: (incidentId) => (known.has(incidentId) ? 'update' : 'post'),
    async show(alert, suspect) {
      const { incidentId, revision } = alert;
      const key = `alert:${incidentId}:${channel}`;
      let card = known.get(incidentId);
      if (!card) {
        const { granted, claim } = await hub.claim({ key, holder, leaseSeconds });
        const value = CardValue.safeParse(claim.value);
        if (value.success) card = value.data;
        else if (!granted) throw new CardBusyError(`${claim.holder} posts ${incidentId}`);
      }
      if (!card) {
        const posted = await post(alert, suspect);
        remember(incidentId, { ...posted, revision });
        return note(key, { ...posted, revision });
      }
      remember(incidentId, card);
      if (revision <= card.revision) return;
      await updateOnce(client, card, renderAlert(alert));
      remember(incidentId, { ...card, revision });
      await note(key, { ...card, revision });
    },
  };
}
