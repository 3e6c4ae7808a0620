import type { Event } from '@coroner/schema/event/event';
import { eventInWords } from '@coroner/schema/verdict/compose/event-in-words';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';

const nearMs = 600_000;

/** What could not be seen around a death, in words: sources that are not there, and what was lost. */
export function blindSpots(
  host: string,
  statuses: readonly SourceStatus[],
  evidence: readonly Event[],
  diedAt: string | null,
): string[] {
  const blind = statuses
    .filter(({ state }) => state === 'missing' || state === 'degraded')
    .map(({ source, state, why }) => `${source} is ${state} on ${host}: ${why}`);
  const lost = evidence
    .filter((event) => event.kind === 'gap')
    .filter(({ until, at }) => isNear(until ?? at, diedAt))
    .map(eventInWords);
  return [...new Set([...lost, ...blind])];
}

const isNear = (at: string | null, diedAt: string | null): boolean =>
  at === null || diedAt === null || Math.abs(Date.parse(diedAt) - Date.parse(at)) <= nearMs;
