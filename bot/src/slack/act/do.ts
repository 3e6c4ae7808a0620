import { HubError } from '@coroner/schema/client/hub-error';
import type { NewAction } from '@coroner/schema/http/actions';
import type { webApi } from '@slack/bolt';
import type { Answering } from '../listen/answering.ts';
import { refusalOf } from '../post/refusal.ts';
import { escapedWithin } from '../render/mrkdwn.ts';

const longestReason = 1000;

/** Who clicked, and where. */
export interface Clicked {
  user: string;
  name: string;
  channel: string;
  threadTs: string;
}

type Wanted = NewAction extends infer Action
  ? Action extends NewAction
    ? Omit<Action, 'by'>
    : never
  : never;

/** Does it at the hub, which tells all bots; what went wrong is told to whoever clicked, alone. */
export async function doAction(
  bot: Answering,
  client: webApi.WebClient,
  { incidentId, action }: { incidentId: string; action: Wanted },
  clicked: Clicked,
): Promise<void> {
  const { user, name } = clicked;
  try {
    const refusal = await bot.actors.refusal(user);
    if (refusal !== null) return await whisper(bot, client, clicked, refusal);
    await bot.hub.call('POST /v1/incidents/{id}/actions', {
      path: { id: incidentId },
      body: { ...action, by: { name, slackUser: user } },
    });
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    bot.log.warn({ incidentId, kind: action.kind, error: error.message }, 'an action was not done');
    await whisper(bot, client, clicked, inWords(error));
  }
}

/** Says it to one person, where the card is; by a direct message where the bot may not. */
export async function whisper(
  bot: Answering,
  client: webApi.WebClient,
  { user, channel }: Clicked,
  text: string,
): Promise<void> {
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }] as const;
  try {
    await client.chat.postEphemeral({ channel, user, text, blocks: [...blocks], parse: 'none' });
  } catch (error) {
    if (refusalOf(error)?.kind !== 'permanent') throw error;
    const message = { text, blocks: [], plain: text };
    await bot.poster.post(user, message, { priority: 'answer' });
  }
}

/** Why nothing was done, as mrkdwn. */
export function inWords(error: HubError): string {
  const detail = escapedWithin(error.message, longestReason);
  switch (error.kind) {
    case 'conflict':
      return `Nothing was done: ${detail}.`;
    case 'unreachable':
    case 'failed':
      return `Nothing was done, try again in a moment. ${detail}`;
    case 'refused':
      return `Nothing was done: the token of this bot needs the scope \`act\`. ${detail}`;
    default:
      return `Nothing was done: ${detail}`;
  }
}
