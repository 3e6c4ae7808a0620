import { randomUUID } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Document } from '../../conversation/reply.ts';
import { type Body, bodiesOf, type SlackMessage } from '../render/blocks.ts';
import type { ChannelQueue, Priority } from './channel-queue.ts';
import { findMessage } from './find-message.ts';
import type { Metadata, Posted } from './posted.ts';
import { refusalOf } from './refusal.ts';

export interface PostOptions {
  threadTs?: string | undefined;
  priority: Priority;
  metadata?: Metadata | undefined;
}

/** The arguments of one message that every call shares: nothing in it is unfurled or parsed. */
const asWritten = {
  unfurl_links: false,
  unfurl_media: false,
  parse: 'none',
  link_names: false,
} as const;
/** Of messages that are about nothing in particular. */
const plainType = 'coroner_message';
/** A file is not worth more: what Slack does not take comes as a message. */
const uploadAttempts = 3;
const longestAlt = 900;

/** A picture; `alt` is for who does not see it. */
export interface Image {
  name: string;
  title: string;
  png: Buffer;
  alt: string;
}

/** Sends messages: paced, repeated, and in plainer forms where Slack refuses the blocks. */
export interface Poster {
  post(channel: string, message: SlackMessage, options: PostOptions): Promise<Posted>;
  /** Puts `message` in the place of one that was posted; without `metadata` it keeps its own. */
  replace(posted: Posted, message: SlackMessage, metadata?: Metadata): Promise<void>;
  /** A file in a thread. */
  attach(place: { channel: string; threadTs: string }, file: Document | Image): Promise<void>;
}

export function poster(client: webApi.WebClient, queue: ChannelQueue): Poster {
  /** Slack may have taken an attempt whose reply was lost: it has our mark then. */
  async function alreadyThere(channel: string, threadTs: string | undefined, mark: string) {
    try {
      return await findMessage(client, { channel, threadTs }, (_, { sent }) => sent === mark);
    } catch {
      // The bot may not read there: rather twice than never.
      return null;
    }
  }

  return {
    post(channel, message, { threadTs, priority, metadata }) {
      const mark = randomUUID();
      const { event_type = plainType, event_payload = {} } = metadata ?? {};
      const more = {
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
        metadata: { event_type, event_payload: { ...event_payload, sent: mark } },
      };
      return queue.run(channel, 'post', priority, async ({ ambiguous }) => {
        const there = ambiguous ? await alreadyThere(channel, threadTs, mark) : null;
        return there ?? postOnce(client, channel, message, more);
      });
    },
    replace(posted, message, metadata) {
      return queue.run(posted.channel, 'update', 'answer', () =>
        updateOnce(client, posted, message, metadata ? { metadata } : {}),
      );
    },
    attach({ channel, threadTs }, file) {
      const place = { channel_id: channel, thread_ts: threadTs };
      const { name: filename, title } = file;
      const body =
        'png' in file
          ? { file: file.png, alt_text: file.alt.slice(0, longestAlt) }
          : { content: file.text };
      return queue.run(channel, 'post', 'evidence', async ({ attempt }) => {
        try {
          await client.files.uploadV2({ ...place, filename, title, ...body });
        } catch (error) {
          if (attempt + 1 < uploadAttempts || refusalOf(error)?.kind !== 'transient') throw error;
          throw new Error(`not after ${uploadAttempts} attempts: ${String(error)}`, {
            cause: error,
          });
        }
      });
    },
  };
}

/** One chat.postMessage, or more when the blocks are refused. Rejects with the client's errors. */
export async function postOnce(
  client: webApi.WebClient,
  channel: string,
  message: SlackMessage,
  more: object = {},
): Promise<Posted> {
  const posted = await inPlainerForms(message, (body) =>
    client.chat.postMessage({ channel, ...asWritten, ...more, ...body }),
  );
  return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
}

/** One chat.update, or more when the blocks are refused. `text` without `blocks` removes the blocks. */
export async function updateOnce(
  client: webApi.WebClient,
  { channel, ts }: Posted,
  message: SlackMessage,
  more: object = {},
): Promise<void> {
  await inPlainerForms(message, (body) =>
    client.chat.update({ channel, ts, parse: 'none', link_names: false, ...more, ...body }),
  );
}

/** Sends the richest form that Slack takes. */
async function inPlainerForms<Value>(
  message: SlackMessage,
  send: (body: Body) => Promise<Value>,
): Promise<Value> {
  const [best, ...plainer] = bodiesOf(message);
  let refused: unknown;
  for (const body of [best, ...plainer]) {
    try {
      return await send(body);
    } catch (error) {
      if (refusalOf(error)?.kind !== 'blocks') throw error;
      refused = error;
    }
  }
  throw refused;
}
