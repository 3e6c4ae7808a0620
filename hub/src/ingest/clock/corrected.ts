import type { DeathEvent } from '@coroner/schema/event/death';
import type { ClockEstimate } from './estimate.ts';

const usPerMs = 1000;
const minuteMs = 60_000;
/** A clock may have been set since by more than this, or the time since boot may be a wrong one. */
const strangeMs = 10 * minuteMs;

/** A death's times by its host, and when its record reached JetStream. */
export interface TimesOfDeath extends Pick<DeathEvent, 'bootUs' | 'backfilled'> {
  diedAt: string;
  receivedAt: string;
}

/**
 * When a death happened by the hub's clock, ms since 1970: through the time since boot where both
 * sides know it, else through the error of the wall clock; where these are far apart, the later one,
 * for records are sent soon. Never after its receipt. Null when nothing says how far its host was
 * off then: of what was read from before the agent ran, and of hosts that were never measured.
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
  if (byBoot > latestMs) return Math.min(byWall, latestMs);
  if (byWall > latestMs || Math.abs(byBoot - byWall) <= strangeMs) return byBoot;
  return Math.max(byBoot, byWall);
}
