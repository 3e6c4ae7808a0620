import type { webApi } from '@slack/bolt';
import type { Document } from '../../conversation/reply.ts';
import type { Block, SlackMessage } from '../render/blocks.ts';
import type { ChannelQueue, Priority } from './channel-queue.ts';
import { refusalOf } from './refusal.ts';

export interface Posted {
  channel: string;
  /** Slack's id of a message within its channel: a string, for it is no number. */
  ts: string;
}

export interface PostOptions {
  threadTs?: string | undefined;
  priority: Priority;
  /** What only programs see: `event_type` and `event_payload`. */
  metadata?: object | undefined;
}

/** The arguments of one message that every call shares: nothing in it is unfurled or parsed. */
const asWritten = {
  unfurl_links: false,
  unfurl_media: false,
  parse: 'none',
  link_names: false,
} as const;

/** Sends messages: paced, repeated, and as plain text where Slack refuses the blocks. */
export interface Poster {
  post(channel: string, message: SlackMessage, options: PostOptions): Promise<Posted>;
  /** A text file in a thread. */
  attach(place: { channel: string; threadTs: string }, file: Document): Promise<void>;
}

export function poster(client: webApi.WebClient, queue: ChannelQueue): Poster {
  return {
    post(channel, message, { threadTs, priority, metadata }) {
      const more = {
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
        ...(metadata === undefined ? {} : { metadata }),
      };
      return queue.run(channel, 'post', priority, () => postOnce(client, channel, message, more));
    },
    attach({ channel, threadTs }, { name, title, text }) {
      const place = { channel_id: channel, thread_ts: threadTs };
      return queue.run(channel, 'post', 'evidence', async () => {
        await client.files.uploadV2({ ...place, filename: name, title, content: text });
      });
    },
  };
}

/** One chat.postMessage, or two when the blocks are refused. Rejects with the client's errors. */
export async function postOnce(
  client: webApi.WebClient,
  channel: string,
  message: SlackMessage,
  more: object = {},
): Promise<Posted> {
  const posted = await withOrWithoutBlocks(message, (body) =>
    client.chat.postMessage({ channel, ...asWritten, ...more, ...body }),
  );
  return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
}

/** One chat.update, or two when the blocks are refused. `text` without `blocks` removes the blocks. */
export async function updateOnce(
  client: webApi.WebClient,
  { channel, ts }: Posted,
  message: SlackMessage,
  more: object = {},
): Promise<void> {
  await withOrWithoutBlocks(message, (body) =>
    client.chat.update({ channel, ts, parse: 'none', link_names: false, ...more, ...body }),
  );
}

type Body = { text: string; blocks: Block[] } | { text: string };

async function withOrWithoutBlocks<Value>(
  message: SlackMessage,
  send: (body: Body) => Promise<Value>,
): Promise<Value> {
  try {
    return await send({ text: message.text, blocks: message.blocks });
  } catch (error) {
    if (refusalOf(error)?.kind !== 'blocks') throw error;
    return send({ text: message.plain });
  }
}
