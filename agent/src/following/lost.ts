import type { RawEvent } from '../source.ts';

/** What a source could not read any more, as a gap. */
export function lostGap(of: string, path: string, reason: string): RawEvent {
  const at = new Date().toISOString();
  return {
    kind: 'gap',
    source: 'agent',
    at,
    of,
    since: null,
    until: at,
    lost: null,
    reason: `${path}: ${reason}`,
  };
}
