import type { FoundDeath } from '../store/questions/find-deaths.ts';

/** When it happened by the hub's clock, as far as that is known, ms since 1970. */
const happenedMs = ({ diedAt, answer }: FoundDeath): number =>
  Date.parse(answer.death.happenedAt ?? diedAt);

/** From that time to the death: a person may have read it on the host's clock or on another. */
export const distanceMs = (death: FoundDeath, atMs: number): number =>
  Math.min(Math.abs(Date.parse(death.diedAt) - atMs), Math.abs(happenedMs(death) - atMs));

/** The newest first, whatever the clocks of the hosts say. */
export const newestFirst = (a: FoundDeath, b: FoundDeath): number => happenedMs(b) - happenedMs(a);
