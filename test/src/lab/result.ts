import type { Answer } from '@coroner/schema/http/answer';
import type { Truth, Variant } from './variant.ts';

/** A variant, what really happened, and what Coroner said. */
export interface Result {
  variant: Variant;
  truth: Truth | null;
  answer: Answer | null;
  /** Why there is no answer. */
  error: string | null;
}

export const causeIsRight = ({ variant, answer }: Result): boolean =>
  answer?.verdict.cause === variant.cause;

export function actorIsRight({ truth, answer }: Result): boolean {
  if (!truth || !answer) return false;
  const expected = truth.actor === 'self' ? truth.pid : truth.actor;
  if ((answer.actor?.pid ?? null) !== expected) return false;
  return truth.actorName === undefined || answer.actor?.comm === truth.actorName;
}

/** The worst there is: somebody is named who did not do it. */
export const isFalseAccusation = (result: Result): boolean =>
  Boolean(result.answer?.actor) && !actorIsRight(result);
