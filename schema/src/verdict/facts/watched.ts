import type { Facts } from './facts.ts';
import { msBetween } from './nearby.ts';

const aroundMs = 15_000;
/** What is lost on the way to the hub may be of any source. */
const carriers: ReadonlySet<string> = new Set(['agent', 'spool']);

/** Where the kernel's own log is read. */
export const kernelLog: readonly string[] = ['kmsg', 'journal'];

/**
 * Whether one of these sources was read around the death and lost nothing then: only so does it say
 * something that a record is not there.
 */
export function isWatched({ sources, evidence, death }: Facts, names: readonly string[]): boolean {
  const lost = new Set(
    evidence.flatMap((event) =>
      event.kind === 'gap' && isAround(event.since, event.until, death.at) ? [event.of] : [],
    ),
  );
  if ([...carriers].some((name) => lost.has(name))) return false;
  return sources.some(
    ({ source, state }) => names.includes(source) && state === 'available' && !lost.has(source),
  );
}

/** An open end reaches as far as it may. */
function isAround(since: string | null, until: string | null, at: string | null): boolean {
  if (at === null) return true;
  return (
    (since === null || msBetween(since, at) >= -aroundMs) &&
    (until === null || msBetween(at, until) >= -aroundMs)
  );
}
