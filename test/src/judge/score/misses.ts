import { actorOf, isActorRight, isOriginRight, originOf, type Result } from './compare.ts';

/** What is wrong with one verdict on whole evidence, in words; empty when nothing is. */
export function missesOf(result: Result): string[] {
  const { truth, said } = result;
  const at = `${truth.host} pid ${truth.pid}`;
  if (!said) return [`${at}: no answer`];
  const { verdict } = said.answer;
  const misses: string[] = [];
  const miss = (what: string, real: unknown, heard: unknown) =>
    misses.push(`${at}: ${what} ${text(heard)}, really ${text(real)}: ${verdict.summary}`);
  if (verdict.cause !== truth.cause) miss('cause', truth.cause, verdict.cause);
  if (verdict.confidence !== truth.confidence)
    miss('confidence', truth.confidence, verdict.confidence);
  const actor = actorOf(result);
  if (actor ? !isActorRight(result, actor) : truth.actor)
    miss('actor', truth.actor, actor && { pid: actor.pid, comm: actor.comm, user: actor.user });
  const origin = originOf(result);
  if (origin ? !isOriginRight(result, origin) : truth.origin && truth.origin.type !== 'unknown')
    miss('origin', truth.origin, origin);
  if ((said.incidentId === null) !== (truth.incident === null))
    miss('incident', truth.incident, said.incidentId);
  return misses;
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
