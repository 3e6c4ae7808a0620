import type { Question } from '../../question/question.ts';

const rememberedThreads = 2000;

/** The last question of each thread, so that "and on web-4?" means something; the oldest are forgotten. */
export interface Threads {
  last(channel: string, threadTs: string): Question | null;
  remember(channel: string, threadTs: string, question: Question): void;
}

export function threads(): Threads {
  const questions = new Map<string, Question>();
  return {
    last: (channel, threadTs) => questions.get(`${channel}:${threadTs}`) ?? null,
    remember(channel, threadTs, question) {
      const key = `${channel}:${threadTs}`;
      questions.delete(key);
      questions.set(key, question);
      const oldest = questions.size > rememberedThreads ? questions.keys().next().value : undefined;
      if (oldest !== undefined) questions.delete(oldest);
    },
  };
}
