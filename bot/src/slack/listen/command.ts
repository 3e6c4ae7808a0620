import type { RespondFn, SlashCommand } from '@slack/bolt';
import { fromSlack } from '../../question/slack-text.ts';
import type { Posted } from '../post/posted.ts';
import { refusalOf } from '../post/refusal.ts';
import type { SlackMessage } from '../render/blocks.ts';
import { escapedWithin } from '../render/mrkdwn.ts';
import { renderDocument } from '../render/render-document.ts';
import { renderEvidence } from '../render/render-evidence.ts';
import { renderReply, underQuestion } from '../render/render-reply.ts';
import { turnFor } from './answer.ts';
import type { Answering } from './answering.ts';
import { proveIn, startThread } from './say.ts';

const longestQuestion = 500;

/**
 * `/coroner why did nginx die`: the verdict in the channel, the evidence in its thread. Where the bot
 * may not write (it is not in that channel), the asker alone sees the same through the response URL.
 */
export async function answerCommand(
  bot: Answering,
  command: SlashCommand,
  respond: RespondFn,
): Promise<void> {
  const turn = await turnFor(bot, command.text, command.user_id, null);
  const question = questionOf(command);
  const verdict = underQuestion(renderReply(turn.reply, bot.publicUrl), question);
  const evidence = renderEvidence(turn.reply);
  if (turn.reply.tone === 'unclear' || turn.reply.tone === 'trouble') {
    return whisper(respond, verdict);
  }
  const { channel_id: channel } = command;
  let posted: Posted;
  try {
    posted = await startThread(bot, channel, turn, verdict);
    bot.follow.begin(posted, turn.reply, { asked: question });
  } catch (error) {
    if (refusalOf(error)?.kind !== 'permanent') throw error;
    await whisper(respond, verdict);
    if (evidence) await whisper(respond, evidence);
    if (turn.reply.document) await whisper(respond, renderDocument(turn.reply.document));
    return;
  }
  await proveIn(bot, posted, turn, command.user_id);
}

function questionOf({ text, user_id: user }: SlashCommand): string {
  return `<@${user}> asked: ${escapedWithin(fromSlack(text), longestQuestion) || '(nothing)'}`;
}

async function whisper(respond: RespondFn, { text, blocks }: SlackMessage): Promise<void> {
  await respond({ response_type: 'ephemeral', text, blocks });
}
