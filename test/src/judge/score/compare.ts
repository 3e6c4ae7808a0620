import type { Actor, Origin } from '@coroner/schema/http/answer';
import type { Truth } from '../recording/truth.ts';
import { type Answered, type Answers, processKey } from '../replay/answered.ts';

/** One death as it was and as it was judged; `said` is null when Coroner knows nothing of it. */
export interface Result {
  truth: Truth;
  said: Answered | null;
}

/** Each death once, or as often as Coroner tells of it. */
export function resultsOf(truth: readonly Truth[], answers: Answers): Result[] {
  return truth.flatMap((one): Result[] => {
    const told = toldOf(one, answers);
    return told.length === 0
      ? [{ truth: one, said: null }]
      : told.map((said) => ({ truth: one, said }));
  });
}

/** Deaths that Coroner tells of and that were none, or that it tells of twice. */
export function inventedIn(truth: readonly Truth[], answers: Answers): Answered[] {
  const told = truth.map((one) => toldOf(one, answers));
  const known = new Set(told.flat());
  const more = told.flatMap((all) => all.slice(1));
  return [...more, ...[...answers.values()].flat().filter((one) => !known.has(one))];
}

const toldOf = (one: Truth, answers: Answers): Answered[] =>
  [one, ...(one.aliases ?? [])].flatMap(
    ({ pid, comm }) => answers.get(processKey({ host: one.host, pid, comm })) ?? [],
  );

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
