import type { Judgement } from '@coroner/schema/verdict/case';

/** What Coroner says about one death. */
export interface Answered {
  answer: Judgement['answer'];
  incidentId: string | null;
}

/** Answers by process; the same one may have been told of twice. */
export type Answers = Map<string, Answered[]>;

/** Pids are used again, though not by the same program within a scenario. */
export const processKey = ({ host, pid, comm }: Victim): string =>
  JSON.stringify([host, pid, comm]);

interface Victim {
  host: string;
  pid: number;
  comm: string;
}

export function answersOf(all: readonly Answered[]): Answers {
  const answers: Answers = new Map();
  for (const one of all) {
    const key = processKey(one.answer.death);
    answers.set(key, [...(answers.get(key) ?? []), one]);
  }
  return answers;
}
