import type { Event, EventOf } from '@coroner/schema/event/event';
import { stableId } from '@coroner/schema/identity';
import type { EventRow } from '../../store/events/event-row.ts';
import { usualWindow } from '../../store/events/evidence-window.ts';
import type { HeartbeatStep } from '../../store/hosts/heartbeats.ts';
import type { HostWatch } from '../../store/hosts/host-watch.ts';

/** Agents send a heartbeat every 15 s; after four have failed to come the host is silent. */
const silentAfterMs = 60_000;

/** What could not be seen around a death, in words: lost records, silence, sources that are not there. */
export function gapsAround(
  host: string,
  diedAt: string,
  evidence: readonly Event[],
  watch: HostWatch | undefined,
): string[] {
  const diedMs = Date.parse(diedAt);
  const reported = evidence.filter((event) => event.kind === 'gap');
  const lost = reported.filter((gap) => overlaps(gap, diedMs)).map((gap) => lossInWords(host, gap));
  const blind = (watch?.sources ?? [])
    .filter((source) => source.state === 'missing' || source.state === 'degraded')
    .map((source) => `${source.source} is ${source.state} on ${host}: ${source.why}`);
  const heardMs = watch?.heartbeatAt ? Date.parse(watch.heartbeatAt) : null;
  const silence =
    heardMs !== null && diedMs - heardMs > silentAfterMs
      ? [`no heartbeat of ${host} since ${watch?.heartbeatAt}`]
      : [];
  return [...new Set([...lost, ...silence, ...blind])];
}

/** The time between two heartbeats as a gap event, when it was too long. */
export function silenceBetween({ host, bootId, previousAt, at }: HeartbeatStep): EventRow | null {
  if (previousAt === null || Date.parse(at) - Date.parse(previousAt) <= silentAfterMs) return null;
  const id = stableId('silence', host, previousAt, at);
  const body: EventOf<'gap'> = {
    kind: 'gap',
    id,
    source: 'hub',
    at,
    of: 'agent',
    since: previousAt,
    until: at,
    lost: null,
    reason: 'no heartbeat came',
  };
  return {
    id,
    host,
    boot_id: bootId,
    kind: 'gap',
    source: 'hub',
    at,
    pid: null,
    comm: null,
    body,
    received_at: at,
  };
}

function overlaps(gap: EventOf<'gap'>, diedMs: number): boolean {
  const since = gap.since ?? gap.at;
  const until = gap.until ?? gap.at;
  const from = diedMs - usualWindow.backSeconds * 1000;
  const to = diedMs + usualWindow.aheadSeconds * 1000;
  return (
    (since === null || Date.parse(since) <= to) && (until === null || Date.parse(until) >= from)
  );
}

function lossInWords(host: string, gap: EventOf<'gap'>): string {
  const lost = gap.lost === null ? '' : `${gap.lost} records lost, `;
  const span = `from ${gap.since ?? 'an unknown time'} to ${gap.until ?? 'an unknown time'}`;
  return `${gap.of} on ${host}: ${lost}${gap.reason}, ${span}`;
}
