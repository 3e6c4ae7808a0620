import type { HubClient } from '@coroner/schema/client/hub-client';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Context } from '../../conversation/turn.ts';
import { nothing } from '../../question/question.ts';
import { contextIn } from './thread-metadata.ts';

const rememberedThreads = 2000;
const readMessages = 100;

/** What each thread was about last, so that "and on web-4?" means something; the oldest are forgotten. */
export interface Threads {
  /** Asks Slack where this process does not know: another bot answered, or it was started since. */
  last(channel: string, threadTs: string): Promise<Context | null>;
  remember(channel: string, threadTs: string, context: Context): void;
}

export function threads(client: webApi.WebClient, hub: HubClient, log: Logger): Threads {
  const contexts = new Map<string, Context>();

  function remember(channel: string, threadTs: string, { question, deathId }: Context): void {
    const key = `${channel}:${threadTs}`;
    contexts.delete(key);
    contexts.set(key, { question, deathId });
    const oldest = contexts.size > rememberedThreads ? contexts.keys().next().value : undefined;
    if (oldest !== undefined) contexts.delete(oldest);
  }

  /** Of the messages in the thread; null where the bot may not read them (an optional scope). */
  async function recall(channel: string, threadTs: string): Promise<Context | null> {
    const page = await client.conversations.replies({
      channel,
      ts: threadTs,
      limit: readMessages,
      include_all_metadata: true,
    });
    const found = contextIn(page.messages ?? []);
    if (found === null || 'context' in found) return found?.context ?? null;
    const path = { id: found.incidentId };
    const { answer } = await hub.call('GET /v1/incidents/{id}', { path });
    const { id, comm, host } = answer.death;
    return { question: { ...nothing, process: comm, host }, deathId: id };
  }

  return {
    async last(channel, threadTs) {
      const known = contexts.get(`${channel}:${threadTs}`);
      if (known) return known;
      try {
        return await recall(channel, threadTs);
      } catch (error) {
        log.info({ channel, error: String(error) }, 'what the thread was about is not known');
        return null;
      }
    },
    remember,
  };
}
