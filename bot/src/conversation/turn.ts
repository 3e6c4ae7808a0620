import type { Question } from '../question/question.ts';
import type { Reply } from './reply.ts';

/** What the next question in the same thread may refer to. */
export interface Context {
  /** What was asked, as understood. */
  question: Question;
  /** The death that was talked about. */
  deathId: string | null;
}

export interface Turn extends Context {
  reply: Reply;
}
