import type { Context } from '../../conversation/conversation.ts';

const rememberedThreads = 2000;

/** What each thread was about last, so that "and on web-4?" means something; the oldest are forgotten. */
export interface Threads {
  last(channel: string, threadTs: string): Context | null;
  remember(channel: string, threadTs: string, context: Context): void;
}

export function threads(): Threads {
  const contexts = new Map<string, Context>();
  return {
    last: (channel, threadTs) => contexts.get(`${channel}:${threadTs}`) ?? null,
    remember(channel, threadTs, { question, deathId }) {
      const key = `${channel}:${threadTs}`;
      contexts.delete(key);
      contexts.set(key, { question, deathId });
      const oldest = contexts.size > rememberedThreads ? contexts.keys().next().value : undefined;
      if (oldest !== undefined) contexts.delete(oldest);
    },
  };
}
