import { confidences } from '@coroner/schema/confidence';
import type { Actor, Origin } from '@coroner/schema/http/answer';
import type { Truth } from '../recording/truth.ts';
import type { Answers } from '../replay/answered.ts';
import { actorOf, inventedIn, isActorRight, originOf, type Result, resultsOf } from './compare.ts';
import { inventedInWords, strangersJoined } from './misses.ts';

/**
 * What may never be, however little arrives: somebody named who did not do it, an origin that is
 * another's, more confidence than the whole evidence gives, deaths that were none, strangers in one
 * incident, an alert for nothing.
 */
export function falseAccusations(truth: readonly Truth[], answers: Answers): string[] {
  const results = resultsOf(truth, answers);
  return [
    ...results.flatMap(accusationsOf),
    ...inventedIn(truth, answers).map(inventedInWords),
    ...strangersJoined(results),
  ];
}

function accusationsOf(result: Result): string[] {
  const { truth, said } = result;
  if (!said) return [];
  const { verdict } = said.answer;
  const causes = [truth.cause, truth.atLeast?.cause];
  const found: string[] = [];
  const report = (what: string) =>
    found.push(`${truth.host} pid ${truth.pid}: ${what}: ${verdict.summary}`);
  const actor = actorOf(result);
  const isLesser = actor !== null && isNamed(actor, truth.atLeast);
  const mayAccuse = actor === null || isActorRight(result, actor) || isLesser;
  if (!mayAccuse) report('the accused did not do it');
  const origin = originOf(result);
  // What stands behind a lesser actor, the truth does not tell.
  if (origin && !isLesser && !mayBe(origin, result)) report('the origin is another');
  const isSurer = confidences.indexOf(verdict.confidence) < confidences.indexOf(truth.confidence);
  if (isSurer) report(`${verdict.confidence} where the whole evidence gives ${truth.confidence}`);
  if (!causes.includes(verdict.cause) && verdict.confidence === 'proven')
    report(`proven to be ${verdict.cause}, really ${truth.cause}`);
  if (said.incidentId !== null && truth.incident === null) report('an alert for nothing');
  return found;
}

const isNamed = (actor: Actor, atLeast: Truth['atLeast']): boolean =>
  atLeast?.actor?.pid === actor.pid && atLeast.actor.comm === actor.comm;

/** Nothing in it contradicts the truth; what is not said contradicts nothing. */
function mayBe(origin: Origin, result: Result): boolean {
  const { truth } = result;
  const actor = actorOf(result);
  const lesser = actor && isNamed(actor, truth.atLeast) ? truth.atLeast?.origin : null;
  return [truth.origin, lesser].some((real) => real && agree(origin, real));
}

function agree(origin: Origin, real: NonNullable<Truth['origin']>): boolean {
  if (real.type !== origin.type) return false;
  const said: Record<string, unknown> = { ...origin };
  return Object.entries(real).every(
    ([key, value]) => said[key] === null || said[key] === undefined || said[key] === value,
  );
}
