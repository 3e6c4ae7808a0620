import { confidences } from '@coroner/schema/confidence';
import type { Actor, Origin } from '@coroner/schema/http/answer';
import type { Truth } from '../recording/truth.ts';
import { actorOf, isActorRight, originOf, type Result } from './compare.ts';
import { strangersJoined } from './misses.ts';

/**
 * What may never be, however little arrives: somebody named who did not do it, an origin that is
 * another's, more confidence than the whole evidence gives, strangers in one incident.
 */
export function falseAccusations(results: readonly Result[]): string[] {
  const found = results.flatMap(accusationsOf);
  return [...found, ...strangersJoined(results)];
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
  const mayAccuse = actor === null || isActorRight(result, actor) || isNamed(actor, truth.atLeast);
  if (!mayAccuse) report('the accused did not do it');
  const origin = originOf(result);
  if (origin && !mayBe(origin, result)) report('the origin is another');
  const isSurer = confidences.indexOf(verdict.confidence) < confidences.indexOf(truth.confidence);
  if (isSurer) report(`${verdict.confidence} where the whole evidence gives ${truth.confidence}`);
  if (!causes.includes(verdict.cause) && verdict.confidence === 'proven')
    report(`proven to be ${verdict.cause}, really ${truth.cause}`);
  return found;
}

const isNamed = (actor: Actor, atLeast: Truth['atLeast']): boolean =>
  atLeast?.actor?.pid === actor.pid && atLeast.actor.comm === actor.comm;

/** Nothing in it contradicts the truth; what is not said contradicts nothing. */
function mayBe(origin: Origin, { truth }: Result): boolean {
  if (truth.origin === null || truth.origin.type !== origin.type) return false;
  const said: Record<string, unknown> = { ...origin };
  return Object.entries(truth.origin).every(
    ([key, real]) => said[key] === null || said[key] === undefined || said[key] === real,
  );
}
