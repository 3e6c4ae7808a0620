import type { DeathEvent } from '@coroner/schema/event/death';
import type { ClockEstimate } from './estimate.ts';

const usPerMs = 1000;

/** A death's times by its host, and when its record reached JetStream. */
export interface TimesOfDeath extends Pick<DeathEvent, 'bootUs' | 'backfilled'> {
  diedAt: string;
  receivedAt: string;
}

/**
 * When a death happened by the hub's clock, ms since 1970: through the time since boot where both
 * sides know it, for the wall clock may have been set since, else through the error of the wall
 * clock. Never after its receipt. Null when nothing says how far its host was off then: of what was
 * read from before the agent ran, and of hosts that were never measured.
 */
export function happenedMs(
  { bootUs, diedAt, backfilled, receivedAt }: TimesOfDeath,
  clock: ClockEstimate | undefined,
): number | null {
  if (!clock || backfilled) return null;
  const latestMs = Date.parse(receivedAt) + clock.errorMs;
  const byWall = Date.parse(diedAt) - clock.offsetMs;
  if (clock.bootedMs === null || typeof bootUs !== 'number') return Math.min(byWall, latestMs);
  const byBoot = clock.bootedMs + bootUs / usPerMs;
  return byBoot > latestMs ? Math.min(byWall, latestMs) : byBoot;
}
