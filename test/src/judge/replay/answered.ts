import type { Judgement } from '@coroner/schema/verdict/case';

/** What Coroner says about one death. */
export interface Answered {
  answer: Judgement['answer'];
  incidentId: string | null;
}

/** Answers by host and pid; the same process may have been told of twice. */
export type Answers = Map<string, Answered[]>;

export const processKey = (host: string, pid: number): string => `${host} ${pid}`;

export function answersOf(all: readonly Answered[]): Answers {
  const answers: Answers = new Map();
  for (const one of all) {
    const { host, pid } = one.answer.death;
    const key = processKey(host, pid);
    answers.set(key, [...(answers.get(key) ?? []), one]);
  }
  return answers;
}
