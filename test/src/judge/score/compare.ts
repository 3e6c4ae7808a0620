import type { Actor, Origin } from '@coroner/schema/http/answer';
import type { Truth } from '../recording/truth.ts';
import { type Answered, type Answers, processKey } from '../replay/answered.ts';

/** One death as it was and as it was judged; `said` is null when Coroner knows nothing of it. */
export interface Result {
  truth: Truth;
  said: Answered | null;
}

export function resultsOf(truth: readonly Truth[], answers: Answers): Result[] {
  return truth.map((one) => ({
    truth: one,
    said: answers.get(processKey(one))?.[0] ?? null,
  }));
}

/** Deaths that Coroner tells of and that were none, or that it tells of twice. */
export function inventedIn(truth: readonly Truth[], answers: Answers): Answered[] {
  const known = new Set(truth.map(processKey));
  return [...answers].flatMap(([key, all]) => (known.has(key) ? all.slice(1) : all));
}

export const actorOf = ({ said }: Result): Actor | null => said?.answer.actor ?? null;

export function isActorRight({ truth }: Result, actor: Actor): boolean {
  const { actor: real } = truth;
  return (
    real !== null &&
    real.pid === actor.pid &&
    real.comm === actor.comm &&
    (actor.user === null || actor.user === real.user)
  );
}

/** An origin that says nothing accuses nobody. */
export const originOf = (result: Result): Origin | null => {
  const origin = actorOf(result)?.origin ?? null;
  return origin?.type === 'unknown' ? null : origin;
};

export function isOriginRight({ truth }: Result, origin: Origin): boolean {
  const said: Record<string, unknown> = { ...origin };
  return (
    truth.origin !== null && Object.entries(truth.origin).every(([key, real]) => said[key] === real)
  );
}
