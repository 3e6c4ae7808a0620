import type { Watchable } from '../../probe/event/watched.ts';
import type { RawEvent } from '../../source.ts';

type Ended = Extract<RawEvent, { kind: 'process-accounting' }>;

/** Which normal ends are told. */
export interface EndPolicy {
  /** Those of younger processes are not. */
  readonly shortLivedMs: number;
  /** Processes of which every end is told. */
  isWatched(process: Watchable): boolean;
}

/** Every end by a signal, and of the others what policy asks for: a host has thousands an hour. */
export function isTold(
  { signal, elapsedMs, comm }: Ended,
  { shortLivedMs, isWatched }: EndPolicy,
): boolean {
  const isLong = typeof elapsedMs === 'number' && elapsedMs >= shortLivedMs;
  return signal != null || isLong || isWatched({ comm });
}
