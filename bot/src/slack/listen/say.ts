import type { Document, Picture } from '../../conversation/reply.ts';
import type { Turn } from '../../conversation/turn.ts';
import type { Metadata, Posted } from '../post/posted.ts';
import type { PostOptions } from '../post/poster.ts';
import { refusalOf } from '../post/refusal.ts';
import type { SlackMessage } from '../render/blocks.ts';
import { renderDocument } from '../render/render-document.ts';
import { renderEvidence } from '../render/render-evidence.ts';
import { renderReply, renderWaiting } from '../render/render-reply.ts';
import type { Answering, Place } from './answering.ts';
import { inTime } from './in-time.ts';
import { metadataOf } from './thread-metadata.ts';

/** A person who sees nothing for longer asks again. */
const patienceMs = 1500;

/** The verdict as a message of its own, whose thread is about it. */
export async function startThread(
  bot: Answering,
  channel: string,
  turn: Turn,
  verdict: SlackMessage,
): Promise<Posted> {
  const metadata = metadataOf(turn);
  const posted = await bot.poster.post(channel, verdict, { priority: 'answer', metadata });
  bot.threads.remember(posted.channel, posted.ts, turn);
  return posted;
}

/** What proves the verdict, into its thread: the evidence, and the document if there is one. */
export async function proveIn(
  bot: Answering,
  verdict: Posted,
  { reply }: Turn,
  user: string | undefined,
  threadTs = verdict.ts,
): Promise<void> {
  const place = { channel: verdict.channel, threadTs };
  const send = (message: SlackMessage) =>
    sendTo(bot, place, message, { priority: 'evidence' }, user);
  const evidence = renderEvidence(reply);
  if (evidence) bot.follow.proven(verdict, await send(evidence));
  if (reply.document) await attach(bot, place, reply.document, send);
  if (reply.picture) await draw(bot, place, reply.picture);
}

/** Says at once that the hub is slow, where it is, and puts the answer in the place of that. */
export async function sayInTime(
  bot: Answering,
  place: Place,
  key: string,
  asking: Promise<Turn>,
  user: string | undefined,
): Promise<void> {
  const { channel, threadTs } = place;
  const early = await inTime(asking, patienceMs);
  const waiting = early ? null : await placeholder(bot, place, user);
  const turn = early ?? (await asking);
  bot.threads.remember(channel, threadTs, turn);
  const message = renderReply(turn.reply, bot.publicUrl);
  const how = { priority: 'answer', metadata: metadataOf(turn) } as const;
  const instead = waiting && (await replaced(bot, waiting, message, how.metadata));
  const verdict = instead ?? (await sendTo(bot, place, message, how, user));
  await bot.once.done(key, verdict);
  const of = threadOf(verdict, place);
  bot.follow.begin(verdict, turn.reply, { threadTs: of });
  await proveIn(bot, verdict, turn, user, of);
}

/** Null where it could not be posted: the answer comes anyway. */
async function placeholder(
  bot: Answering,
  place: Place,
  user: string | undefined,
): Promise<Posted | null> {
  try {
    return await sendTo(bot, place, renderWaiting(), { priority: 'answer' }, user);
  } catch (error) {
    bot.log.warn({ channel: place.channel, error: String(error) }, 'no placeholder was posted');
    return null;
  }
}

/** Null where Slack does not let the bot edit: the answer is a message of its own then. */
async function replaced(
  bot: Answering,
  waiting: Posted,
  message: SlackMessage,
  metadata: Metadata,
): Promise<Posted | null> {
  try {
    await bot.poster.replace(waiting, message, metadata);
    return waiting;
  } catch (error) {
    bot.log.warn({ ...waiting, error: String(error) }, 'a placeholder cannot be edited');
    return null;
  }
}

/** Evidence belongs beside its verdict, which is elsewhere where the bot may not write. */
const threadOf = (verdict: Posted, { channel, threadTs }: Place) =>
  verdict.channel === channel ? threadTs : verdict.ts;

/** As a file; where Slack does not take it (the scope is missing), its first lines as a message. */
async function attach(
  { poster, log }: Answering,
  place: Place,
  file: Document,
  send: (message: SlackMessage) => Promise<Posted>,
): Promise<void> {
  try {
    await poster.attach(place, file);
  } catch (error) {
    log.warn({ channel: place.channel, error: String(error) }, 'Slack did not take a file');
    await send(renderDocument(file));
  }
}

/** What a picture shows stands in the messages too: where none can be had, nothing is missing. */
async function draw({ hub, poster, log }: Answering, place: Place, picture: Picture) {
  const { of, name, alt } = picture;
  try {
    const png = Buffer.from(await hub.picture(`GET /v1/${of.kind}/{id}/picture`, of.id));
    await poster.attach(place, { name, title: of.title, png, alt });
  } catch (error) {
    log.warn({ channel: place.channel, error: String(error) }, 'a picture was not shown');
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
