import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Metadata, Posted } from './posted.ts';

const pageSize = 200;
/** A cursor that never ends must not be followed for ever: 20,000 messages. */
const mostPages = 100;
const msPerSecond = 1000;
const isUser = /^[UW]/;
/** Hosts' clocks and Slack's may differ: a message may look older than what it tells of. */
const clocksDifferMs = 3_600_000;

export interface SearchedIn {
  channel: string;
  /** Within this thread; else among the messages of the channel. */
  threadTs?: string | undefined;
  /** It tells of something that happened then, ms since 1970. */
  sinceMs?: number;
}

/**
 * The message of ours that carries this metadata, if Slack has it although its reply never reached us;
 * null when there is none. Rejects with the client's errors where the bot may not read (an optional scope).
 */
export async function findMessage(
  client: webApi.WebClient,
  { channel, threadTs, sinceMs }: SearchedIn,
  carries: (type: string, payload: Record<string, unknown>) => boolean,
): Promise<Posted | null> {
  const oldest =
    sinceMs === undefined
      ? undefined
      : String(Math.floor((sinceMs - clocksDifferMs) / msPerSecond));
  const readable = await readableChannel(client, channel);
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const where = {
      channel: readable,
      limit: pageSize,
      include_all_metadata: true,
      ...(oldest === undefined ? {} : { oldest }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    const { messages = [], response_metadata: more } =
      threadTs === undefined
        ? await client.conversations.history(where)
        : await client.conversations.replies({ ...where, ts: threadTs });
    for (const { ts, metadata } of messages) {
      const payload = (metadata?.event_payload ?? {}) as Record<string, unknown>;
      if (ts && metadata?.event_type && carries(metadata.event_type, payload))
        return { channel: readable, ts };
    }
    cursor = more?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
  return null;
}

/**
 * The message that was posted with this metadata, if Slack has it; null as well where it cannot be
 * looked for, which is logged: then it may be posted twice.
 */
export async function findOurs(
  client: webApi.WebClient,
  where: SearchedIn,
  { event_type, event_payload }: Metadata,
  log: Logger,
): Promise<Posted | null> {
  const wanted = Object.entries(event_payload);
  try {
    return await findMessage(
      client,
      where,
      (type, payload) =>
        type === event_type && wanted.every(([name, value]) => payload[name] === value),
    );
  } catch (error) {
    log.warn(
      { channel: where.channel, ...event_payload, error: String(error) },
      'cannot look for what may be posted already: it may be there twice',
    );
    return null;
  }
}

/** Slack takes messages for a user's id, and gives the history of the direct channel alone. */
async function readableChannel(client: webApi.WebClient, channel: string): Promise<string> {
  if (!isUser.test(channel)) return channel;
  const { channel: direct } = await client.conversations.open({ users: channel });
  return direct?.id ?? channel;
}
