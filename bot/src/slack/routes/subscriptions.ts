import { randomUUID } from 'node:crypto';
import { HubError } from '@coroner/schema/client/hub-error';
import type { AlertRoute } from '@coroner/schema/http/alert-routes';
import type { App, BlockAction, ButtonAction, RespondFn, SlashCommand } from '@slack/bolt';
import { fromSlack } from '../../question/slack-text.ts';
import { readSubscription, usage } from '../../routes/read-subscription.ts';
import { matchWords } from '../../routes/words.ts';
import { inWords, whisper } from '../act/do.ts';
import type { Answering } from '../listen/answering.ts';
import type { UnderWay } from '../listen/under-way.ts';
import { fitting, section } from '../render/blocks.ts';
import { escapedWithin } from '../render/mrkdwn.ts';
import { mostOfOne, removeAction, subscriptionBlocks } from './subscription-blocks.ts';

const command = /^\s*(subscribe|subscriptions)\b(.*)$/is;
const longestWords = 500;

/** `/coroner subscribe …` and `/coroner subscriptions`. */
export const isAboutSubscriptions = (asked: string): boolean => command.test(asked);

/** Sends somebody alerts by direct message, and shows them what they have. */
export async function answerSubscriptions(
  bot: Answering,
  { text: asked, user_id: user }: SlashCommand,
  respond: RespondFn,
): Promise<void> {
  const say = async (words: string, mine: readonly AlertRoute[]) => {
    const blocks = fitting([section(words), ...subscriptionBlocks(mine)]);
    await respond({ response_type: 'ephemeral', text: words, blocks });
  };
  const [, verb = '', words = ''] = command.exec(asked) ?? [];
  try {
    const mine = await ownedBy(bot, user);
    if (verb.toLowerCase() === 'subscriptions') return await say('*Your subscriptions*', mine);
    const read = readSubscription(fromSlack(words), user, await bot.timezoneOf(user));
    if ('wrong' in read)
      return await say(
        read.wrong === usage ? usage : escapedWithin(read.wrong, longestWords),
        mine,
      );
    if (mine.some(({ name }) => name === read.route.name))
      return await say('You have that already.', mine);
    if (mine.length >= mostOfOne)
      return await say(`You have ${mostOfOne} already: remove one first.`, mine);
    const added = await bot.hub.call('POST /v1/alert-routes', {
      body: { id: randomUUID(), ...read.route },
    });
    await say('You get these by direct message from now on; channels get them as before.', [
      ...mine,
      added,
    ]);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    await respond({ response_type: 'ephemeral', text: inWords(error) });
  }
}

/** Everybody may remove their own. */
export function listenToSubscriptions(app: App, bot: Answering, { track }: UnderWay): void {
  app.action<BlockAction<ButtonAction>>(removeAction, async ({ action, body, ack, client }) => {
    await ack();
    const { id: user } = body.user;
    const channel = body.channel?.id ?? user;
    const isAtHome = body.view?.type === 'home';
    const told = (words: string) =>
      whisper(bot, client, { user, name: user, channel, threadTs: '' }, words);
    await track(
      remove(bot, user, action.value ?? '').then(
        (words) => (isAtHome ? bot.homes.opened(user) : told(words)),
        async (error: unknown) => {
          if (!(error instanceof HubError)) throw error;
          await told(inWords(error));
        },
      ),
    );
  });
}

async function remove(bot: Answering, user: string, id: string): Promise<string> {
  const mine = (await ownedBy(bot, user)).find((route) => route.id === id);
  if (!mine) return 'That is none of your subscriptions, or you removed it before.';
  await bot.hub.call('DELETE /v1/alert-routes/{id}', { path: { id } });
  return `Removed: ${escapedWithin(matchWords(mine), longestWords)}`;
}

async function ownedBy(bot: Answering, owner: string): Promise<AlertRoute[]> {
  return (await bot.hub.call('GET /v1/alert-routes', { query: { owner } })).items;
}
