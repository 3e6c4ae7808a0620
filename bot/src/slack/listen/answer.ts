import type { Logger } from 'pino';
import { ask, askById, type Turn } from '../../conversation/conversation.ts';
import type { Document } from '../../conversation/reply.ts';
import type { HubClient } from '../../hub-client/hub-client.ts';
import { fromChinese } from '../../question/from-chinese.ts';
import { parseQuestion } from '../../question/parse-question.ts';
import { fromSlack } from '../../question/slack-text.ts';
import type { Priority } from '../post/channel-queue.ts';
import type { Posted, Poster, PostOptions } from '../post/poster.ts';
import { refusalOf } from '../post/refusal.ts';
import type { SlackMessage } from '../render/blocks.ts';
import { renderDocument } from '../render/render-document.ts';
import { renderEvidence } from '../render/render-evidence.ts';
import { renderReply } from '../render/render-reply.ts';
import type { Once } from './once.ts';
import { type Metadata, metadataOf } from './thread-metadata.ts';
import type { Threads } from './threads.ts';

export interface Answering {
  hub: HubClient;
  poster: Poster;
  once: Once;
  threads: Threads;
  timezoneOf: (user: string | undefined) => Promise<string>;
  log: Logger;
}

/** Where a question stands: its answer goes into the thread of `ts`. */
export interface Place {
  channel: string;
  threadTs: string;
  /** The question begins the thread: nothing was said before. */
  isNew?: boolean;
}

export interface Asked extends Place {
  /** Unique for this question, the same when Slack delivers it again. */
  key: string;
  /** As Slack delivers it, with its escapes. */
  text: string;
  user: string | undefined;
}

/** Answers a question in its thread, once: the verdict, then the evidence as a second message. */
export async function answer(bot: Answering, asked: Asked): Promise<void> {
  if (!(await bot.once.first(asked.key))) return;
  const turn = await turnFor(bot, asked.text, asked.user, asked);
  await say(bot, asked, asked.key, turn, asked.user);
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
  await say(bot, place, key, await askById(bot.hub, deathId), user);
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
  await bot.once.done(key, await startThread(bot, user, turn, renderReply(turn.reply)));
}

/** The verdict as a message of its own, and the evidence in its thread. */
export async function startThread(
  bot: Answering,
  channel: string,
  turn: Turn,
  verdict: SlackMessage,
): Promise<Posted> {
  const metadata = metadataOf(turn);
  const posted = await bot.poster.post(channel, verdict, { priority: 'answer', metadata });
  const place = { channel: posted.channel, threadTs: posted.ts };
  bot.threads.remember(place.channel, place.threadTs, turn);
  const evidence = renderEvidence(turn.reply);
  if (evidence) await sendTo(bot, place, evidence, { priority: 'evidence' }, undefined);
  return posted;
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

async function say(
  bot: Answering,
  place: Place,
  key: string,
  turn: Turn,
  user: string | undefined,
): Promise<void> {
  const { channel, threadTs } = place;
  bot.threads.remember(channel, threadTs, turn);
  const send = (message: SlackMessage, priority: Priority, metadata?: Metadata) =>
    sendTo(bot, place, message, { priority, metadata }, user);
  const verdict = await send(renderReply(turn.reply), 'answer', metadataOf(turn));
  await bot.once.done(key, verdict);
  const evidence = renderEvidence(turn.reply);
  if (evidence) await send(evidence, 'evidence');
  if (turn.reply.document) await attach(bot, place, turn.reply.document, send);
}

/** As a file; where Slack does not take it (the scope is missing), its first lines as a message. */
async function attach(
  { poster, log }: Answering,
  place: Place,
  file: Document,
  send: (message: SlackMessage, priority: Priority) => Promise<Posted>,
): Promise<void> {
  try {
    await poster.attach(place, file);
  } catch (error) {
    log.warn({ channel: place.channel, error: String(error) }, 'Slack did not take a file');
    await send(renderDocument(file), 'evidence');
  }
}

/** Into the thread; where the bot may not write there, to the asker alone: never silence. */
async function sendTo(
  bot: Answering,
  { channel, threadTs }: Place,
  message: SlackMessage,
  how: PostOptions,
  user: string | undefined,
): Promise<Posted> {
  try {
    return await bot.poster.post(channel, message, { ...how, threadTs });
  } catch (error) {
    if (refusalOf(error)?.kind !== 'permanent' || !user) throw error;
    bot.log.warn({ channel, error: String(error) }, 'cannot write there: answering the asker');
    return bot.poster.post(user, message, how);
  }
}
