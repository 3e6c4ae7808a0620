import { stableId } from '@coroner/schema/identity';
import type { Host } from './host.ts';
import type { RawEvent } from './source.ts';
import type { Loss } from './spool/loss.ts';
import type { SpoolRecord } from './spool/record.ts';

/** Tells of events that a full spool dropped. The same loss told twice has the same id. */
export function lossRecord(loss: Loss, host: Host): SpoolRecord {
  const since = new Date(loss.sinceMs).toISOString();
  const until = new Date(loss.untilMs).toISOString();
  const id = stableId('spool-full', host.name, host.bootId, since, until, loss.count);
  const gap = {
    kind: 'gap',
    id,
    source: 'agent',
    at: until,
    of: 'spool',
    since,
    until,
    lost: loss.count,
    reason: 'the spool was full while NATS did not take events',
  };
  return { id, json: JSON.stringify(gap), atMs: loss.sinceMs, lost: loss.count };
}

/** Tells of what a kill in mid-write left in the spool. */
export function tornGap(bytes: number): RawEvent[] {
  if (bytes === 0) return [];
  return [gapNow(null, `a kill of the agent in mid-write left ${bytes} torn bytes in the spool`)];
}

/** Tells of events that no server takes. */
export function givenUpGap(lost: number): RawEvent {
  return gapNow(lost, 'NATS does not take messages as large as this event');
}

function gapNow(lost: number | null, reason: string): RawEvent {
  const at = new Date().toISOString();
  return { kind: 'gap', source: 'agent', at, of: 'spool', since: null, until: at, lost, reason };
}
