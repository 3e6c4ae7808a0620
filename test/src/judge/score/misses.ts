import type { Answered } from '../replay/answered.ts';
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
  const through = actor?.through?.map(({ type, name }) => `${type} ${name}`) ?? [];
  if (truth.through && JSON.stringify(through) !== JSON.stringify(truth.through))
    miss('on the way', truth.through, through);
  const expected = said.answer.expected?.reason;
  if (expected !== truth.expected) miss('expected because of', truth.expected, expected);
  if ((said.incidentId === null) !== (truth.incident === null))
    miss('incident', truth.incident, said.incidentId);
  return misses;
}

const dayMs = 25 * 3_600_000;

/** Cron lines of which the wrong next run is told; in answers that were asked for, at `now`. */
export function foresightMisses(results: readonly Result[], now: Date): string[] {
  return results.flatMap(({ truth, said }) => {
    const origin = said?.answer.actor?.origin;
    if (!truth.again) return [];
    const { at, timeZone } = truth.again;
    const next = origin?.type === 'cron' && origin.nextRun ? new Date(origin.nextRun) : null;
    const time = new Intl.DateTimeFormat('en', {
      ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone },
    });
    const awayMs = next ? next.getTime() - now.getTime() : 0;
    const isRight = next && time.format(next) === at && awayMs > 0 && awayMs <= dayMs;
    return isRight
      ? []
      : [
          `${truth.host} pid ${truth.pid}: next run ${next?.toISOString()}, really ${at} ${timeZone}`,
        ];
  });
}

export const inventedInWords = ({ answer: { death, verdict } }: Answered): string =>
  `${death.host} pid ${death.pid}: invented, or told twice: ${verdict.summary}`;

/** Incidents of deaths that have nothing to do with each other. */
export function strangersJoined(results: readonly Result[]): string[] {
  return mixed(results, ofIncident, ({ truth }) => truth.incident, 'strangers in one incident');
}

/** And acts that are told as several. */
export function groupingMisses(results: readonly Result[]): string[] {
  return [
    ...strangersJoined(results),
    ...mixed(results, ({ truth }) => truth.incident, ofIncident, 'one act in several incidents'),
  ];
}

const ofIncident = ({ said }: Result): string | null => said?.incidentId ?? null;

type Label = (result: Result) => string | null;

/** Groups by `of` in which `by` is not one: the first of it and the first that differs. */
function mixed(results: readonly Result[], of: Label, by: Label, what: string): string[] {
  const firstOf = new Map<string, Result>();
  const found = new Map<string, string>();
  for (const result of results) {
    const group = of(result);
    if (group === null || by(result) === null) continue;
    const first = firstOf.get(group);
    if (!first) firstOf.set(group, result);
    else if (by(first) !== by(result) && !found.has(group))
      found.set(group, `${what}: ${place(first)} and ${place(result)}`);
  }
  return [...found.values()];
}

const place = ({ truth }: Result): string => `${truth.comm} (${truth.pid}) on ${truth.host}`;

const text = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
