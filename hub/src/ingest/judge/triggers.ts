import type { EventKind } from '@coroner/schema/event/event';
import type { Trigger } from '../../store/deaths/affected-deaths.ts';
import type { EventRow } from '../../store/events/event-row.ts';
import { usualWindow } from '../../store/events/evidence-window.ts';
import { shifted } from '../decode/instant.ts';

/** Any death this close may be what the evidence is about: logs name threads, or nobody. */
const nearbyMs = 10_000;

/** Kinds that never change a verdict, or only as background. */
const silentKinds: ReadonlySet<EventKind> = new Set<EventKind>([
  'death',
  'counts',
  'source-state',
  'cron-job',
  'login-failed',
  'boot',
]);

/** Which deaths to judge again because of this event; null when it tells about none. */
export function triggerOf(row: EventRow): Trigger | null {
  if (silentKinds.has(row.kind)) return null;
  const { body, host, at, pid } = row;
  const gap = body.kind === 'gap';
  return {
    host,
    pid,
    // Evidence counts from 10 min before a death to 1 min after it: seen from the evidence, the reverse.
    pidFrom: shifted(at, -usualWindow.aheadSeconds * 1000),
    pidUntil: shifted(at, usualWindow.backSeconds * 1000),
    from: gap && body.since ? body.since : shifted(at, -nearbyMs),
    until: gap && body.until ? body.until : shifted(at, nearbyMs),
  };
}
