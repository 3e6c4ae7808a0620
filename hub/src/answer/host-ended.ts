import type { HostEnded } from '@coroner/schema/http/answer';
import type { WhyQuery } from '@coroner/schema/http/queries';
import { isHostItself } from '@coroner/schema/verdict/facts/host-itself';
import { printable } from '@coroner/schema/verdict/words/printable';
import type { Queryable } from '../store/database.ts';
import type { FoundDeath } from '../store/questions/find-deaths.ts';
import { type HostEnd, hostEnds } from '../store/questions/host-ends.ts';
import { distanceMs } from './when.ts';

/** Somebody who names a time means about that. */
const aboutMs = 15 * 60_000;
const daysBack = 30;
const dayMs = 86_400_000;
const mostEnds = 20;

/**
 * A crash of the host after the death that was found, or nearer to the time that was asked for: what
 * ran then ended with the host, and the death that was found is an older one.
 */
export async function hostEndedSince(
  on: Queryable,
  { at }: WhyQuery,
  death: FoundDeath,
): Promise<HostEnded | null> {
  if (isHostItself(death.answer.death)) return null;
  const { host, diedAt } = death;
  const ends =
    at === undefined
      ? await hostEnds(on, { host, since: diedAt, until: 'infinity' }, 1)
      : await endsAbout(on, host, at);
  const [end] = ends;
  if (!end) return null;
  if (at !== undefined && awayMs(end, at) > distanceMs(death, Date.parse(at))) return null;
  const order = Date.parse(end.diedAt) >= Date.parse(diedAt) ? 'after' : 'before';
  return ended(end, `${order} this death`);
}

/** Crashes where a question points that no death answers: of its host, or at its time. */
export async function hostEndsAt(on: Queryable, { host, at }: WhyQuery): Promise<HostEnd[]> {
  if (at !== undefined) return endsAbout(on, host ?? null, at);
  if (host === undefined) return [];
  const since = new Date(Date.now() - daysBack * dayMs).toISOString();
  return hostEnds(on, { host, since, until: 'infinity' }, 1);
}

/** The nearest first. */
async function endsAbout(on: Queryable, host: string | null, at: string): Promise<HostEnd[]> {
  const away = (ms: number) => new Date(Date.parse(at) + ms).toISOString();
  const ends = await hostEnds(on, { host, since: away(-aboutMs), until: away(aboutMs) }, mostEnds);
  return ends.sort((a, b) => awayMs(a, at) - awayMs(b, at));
}

const awayMs = ({ diedAt }: HostEnd, at: string): number =>
  Math.abs(Date.parse(diedAt) - Date.parse(at));

/** What such an end means for the question; `when` says how it lies to what was found. */
export function ended({ id: deathId, host, diedAt: at, answer }: HostEnd, when = ''): HostEnded {
  const { cause, confidence } = answer.verdict;
  const time = `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return {
    ...{ host, deathId, at, cause, confidence },
    text: `${printable(host)} itself went down at about ${time}${when && `, ${when}`}: whatever ran there then ended with it, without a record of its own`,
  };
}
