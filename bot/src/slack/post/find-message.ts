import type { webApi } from '@slack/bolt';
import type { Posted } from './posted.ts';

const pageSize = 200;
/** A cursor that never ends must not be followed for ever: 20,000 messages. */
const mostPages = 100;

export interface SearchedIn {
  channel: string;
  /** Within this thread; else among the messages of the channel. */
  threadTs?: string | undefined;
  /** Seconds since 1970, as Slack writes them. */
  oldest?: string;
}

/**
 * The message of ours that carries this metadata, if Slack has it although its reply never reached us;
 * null when there is none. Rejects with the client's errors where the bot may not read (an optional scope).
 */
export async function findMessage(
  client: webApi.WebClient,
  { channel, threadTs, oldest }: SearchedIn,
  carries: (type: string, payload: Record<string, unknown>) => boolean,
): Promise<Posted | null> {
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const where = {
      channel,
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
        return { channel, ts };
    }
    cursor = more?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
  return null;
}
