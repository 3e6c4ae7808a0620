import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { suggestQuestions } from '../home/suggest.ts';
import { deathAction } from '../render/choices.ts';
import { answerRoutes, isAboutRoutes } from '../routes/command.ts';
import { answer, answerAlert, answerChoice, answerChoiceDirectly } from './answer.ts';
import type { Answering } from './answering.ts';
import { answerCommand } from './command.ts';
import type { UnderWay } from './under-way.ts';

const msPerSecond = 1000;

/** What the bot hears: mentions, direct messages, `/coroner`, its buttons and its message shortcut. */
export function listen(app: App, bot: Answering, { track }: UnderWay): void {
  app.event('app_mention', async ({ event, body }) => {
    // A bot that mentions us would be answered by us, and we by it, for ever.
    if ('bot_id' in event && event.bot_id) return;
    await track(
      answer(bot, {
        key: `slack-event:${body.event_id}`,
        channel: event.channel,
        threadTs: event.thread_ts ?? event.ts,
        isNew: event.thread_ts === undefined,
        text: event.text,
        user: event.user,
      }),
    );
  });

  app.event('message', async ({ event, body }) => {
    if (event.channel_type !== 'im') return;
    if (event.subtype !== undefined && event.subtype !== 'file_share') return;
    if ('bot_id' in event && event.bot_id) return;
    await track(
      answer(bot, {
        key: `slack-event:${body.event_id}`,
        channel: event.channel,
        threadTs: ('thread_ts' in event ? event.thread_ts : undefined) ?? event.ts,
        isNew: !('thread_ts' in event) || event.thread_ts === undefined,
        text: event.text ?? '',
        user: event.user,
      }),
    );
  });

  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home') await track(bot.homes.opened(event.user));
    else await track(suggestQuestions(client, bot.hub, event.channel, bot.log));
  });
  app.command('/coroner', async ({ command, ack, respond }) => {
    await ack();
    const answering = isAboutRoutes(command.text) ? answerRoutes : answerCommand;
    await track(answering(bot, command, respond));
  });

  app.action<BlockAction<ButtonAction>>(deathAction, async ({ action, body, ack }) => {
    await ack();
    const channel = body.channel?.id ?? body.container['channel_id'];
    const ts = body.message?.['thread_ts'] ?? body.message?.ts ?? body.container['message_ts'];
    if (!action.value) return;
    const key = `slack-action:${channel}:${ts}:${action.value}:${action.action_ts}`;
    if (!channel || !ts) {
      await track(answerChoiceDirectly(bot, key, action.value, body.user.id));
      return;
    }
    await track(answerChoice(bot, { channel, threadTs: ts }, key, action.value, body.user.id));
  });

  app.shortcut('why_did_this_die', async ({ shortcut, ack }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    const { message, message_ts: ts, channel, user, trigger_id: id } = shortcut;
    const place = { channel: channel.id, threadTs: message['thread_ts'] ?? ts };
    const wroteMs = Number(ts) * msPerSecond;
    const at = new Date(Number.isFinite(wroteMs) ? wroteMs : Date.now()).toISOString();
    await track(answerAlert(bot, place, `slack-shortcut:${id}`, message, at, user.id));
  });

  app.error(async (error) => {
    bot.log.error(
      { error: error.message, code: error.code, original: String(error.original) },
      'a Slack event was not handled',
    );
  });
}
