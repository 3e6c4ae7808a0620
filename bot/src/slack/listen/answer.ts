import { askAboutAlert } from '../../conversation/about-alert.ts';
import { ask, askById } from '../../conversation/conversation.ts';
import type { Turn } from '../../conversation/turn.ts';
import { fromAlert } from '../../question/alert/from-alert.ts';
import type { ForeignMessage } from '../../question/alert/message-lines.ts';
import { fromChinese } from '../../question/from-chinese.ts';
import { parseQuestion } from '../../question/parse-question.ts';
import { fromSlack } from '../../question/slack-text.ts';
import { renderReply } from '../render/render-reply.ts';
import type { Answering, Asked, Place } from './answering.ts';
import { proveIn, sayInTime, startThread } from './say.ts';

/** Answers a question in its thread, once: the verdict, then the evidence as a second message. */
export async function answer(bot: Answering, asked: Asked): Promise<void> {
  if (!(await bot.once.first(asked.key))) return;
  const turn = turnFor(bot, asked.text, asked.user, asked);
  await sayInTime(bot, asked, asked.key, turn, asked.user);
}

/** Answers for the death that a message of somebody else, written at `at`, tells of, in its thread. */
export async function answerAlert(
  bot: Answering,
  place: Place,
  key: string,
  message: ForeignMessage,
  at: string,
  user: string | undefined,
): Promise<void> {
  if (!(await bot.once.first(key))) return;
  const turn = askAboutAlert(bot.hub, fromAlert(message), at);
  await sayInTime(bot, place, key, turn, user);
}

/** Answers for the death of a button, in the thread of the button's message. */
export async function answerChoice(
  bot: Answering,
  place: Place,
  key: string,
  deathId: string,
  user: string | undefined,
): Promise<void> {
  if (!(await bot.once.first(key))) return;
  await sayInTime(bot, place, key, askById(bot.hub, deathId), user);
}

/** Answers for the death of a button outside of any channel (the Home tab), in a direct message. */
export async function answerChoiceDirectly(
  bot: Answering,
  key: string,
  deathId: string,
  user: string,
): Promise<void> {
  if (!(await bot.once.first(key))) return;
  const turn = await askById(bot.hub, deathId);
  const posted = await startThread(bot, user, turn, renderReply(turn.reply, bot.publicUrl));
  await bot.once.done(key, posted);
  bot.follow.begin(posted, turn.reply);
  await proveIn(bot, posted, turn, user);
}

/** What to say to `text`, with the question before it in the same place as its context. */
export async function turnFor(
  bot: Answering,
  text: string,
  user: string | undefined,
  place: Place | null,
): Promise<Turn> {
  const typed = fromSlack(text);
  const now = new Date();
  const previous =
    place && !place.isNew ? await bot.threads.last(place.channel, place.threadTs) : null;
  // Slack is asked for the zone only when the question names a time.
  const { when } = parseQuestion(fromChinese(typed), { now, timezone: 'UTC' }).question;
  const timezone = when ? await bot.timezoneOf(user) : 'UTC';
  return ask(bot.hub, typed, { now, timezone }, previous);
}
