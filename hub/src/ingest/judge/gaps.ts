import type { Event, EventOf } from '@coroner/schema/event/event';
import { stableId } from '@coroner/schema/identity';
import { duration } from '@coroner/schema/verdict/words/duration';
import type { EventRow } from '../../store/events/event-row.ts';
import { usualWindow } from '../../store/events/evidence-window.ts';
import type { HeartbeatStep } from '../../store/hosts/heartbeats.ts';
import type { HostWatch } from '../../store/hosts/host-watch.ts';
import type { ClockEstimate } from '../clock/estimate.ts';
import { lossesInWords } from './losses.ts';

/** Agents send a heartbeat every 15 s; after four have failed to come the host is silent. */
const silentAfterMs = 60_000;
/** Clocks of hosts that keep time over the network differ by less. */
const noticeableMs = 2_000;
const msPerSecond = 1000;

/** The host of a death, as far as the hub knows how it was watched then. */
export interface Watched {
  host: string;
  diedAt: string;
  /** The death is one of the past: it was read from what the host wrote down. */
  backfilled: boolean;
  /** It was recorded as it happened: whatever a clock that was set since says, somebody watched. */
  recorded: boolean;
  /** When it happened by the hub's clock, ms since 1970; null where nothing is known of its host's. */
  happenedMs: number | null;
  watch: HostWatch | undefined;
  clock: ClockEstimate | undefined;
}

/** What could not be seen around a death, in words: lost records, silence, sources that are not there. */
export function gapsAround(watched: Watched, evidence: readonly Event[]): string[] {
  const { host, diedAt, watch } = watched;
  const diedMs = Date.parse(diedAt);
  const reported = evidence.filter((event) => event.kind === 'gap');
  const lost = lossesInWords(
    host,
    reported.filter((gap) => overlaps(gap, diedMs)),
  );
  const blind = (watch?.sources ?? [])
    .filter((source) => source.state === 'missing' || source.state === 'degraded')
    .map((source) => `${source.source} is ${source.state} on ${host}: ${source.why}`);
  return [
    ...new Set([...lost, ...silence(watched, diedMs), ...blind, ...wrongClock(watched, diedMs)]),
  ];
}

function silence(
  { host, watch, backfilled, recorded, happenedMs }: Watched,
  diedMs: number,
): string[] {
  const past = backfilled ? [`nobody watched ${host} then: only what it wrote down is known`] : [];
  if (!watch?.heartbeatAt || !watch.watchedSince) return past;
  const silentMs =
    happenedMs !== null && watch.lastSeenAt
      ? happenedMs - Date.parse(watch.lastSeenAt)
      : diedMs - Date.parse(watch.heartbeatAt);
  if (silentMs > silentAfterMs) return [`no heartbeat of ${host} since ${watch.heartbeatAt}`];
  return !recorded && Date.parse(watch.watchedSince) - diedMs > silentAfterMs
    ? [`no agent watched ${host} before ${watch.watchedSince}: only what it remembered is known`]
    : past;
}

/** As it was when this one died: the clock may have been set since. */
function wrongClock({ host, clock, happenedMs }: Watched, diedMs: number): string[] {
  if (!clock) return [];
  const offsetMs = happenedMs === null ? clock.offsetMs : diedMs - happenedMs;
  if (Math.abs(offsetMs) - clock.errorMs < noticeableMs) return [];
  const ms = Math.round(Math.abs(offsetMs) / msPerSecond) * msPerSecond;
  return [
    `the clock of ${host} is ${duration(ms)} ${offsetMs > 0 ? 'ahead' : 'behind'}: the times here are its own`,
  ];
}

/** The time between two heartbeats as a gap event, when it was too long by both clocks: the host's may have been set. */
export function silenceBetween(step: HeartbeatStep): EventRow | null {
  const { host, bootId, previous, at, receivedAt } = step;
  if (!previous || lengthMs(previous.at, at) <= silentAfterMs) return null;
  if (lengthMs(previous.receivedAt, receivedAt) <= silentAfterMs) return null;
  const previousAt = previous.at;
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

const lengthMs = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

function overlaps(gap: EventOf<'gap'>, diedMs: number): boolean {
  const since = gap.since ?? gap.at;
  const until = gap.until ?? gap.at;
  const from = diedMs - usualWindow.backSeconds * msPerSecond;
  const to = diedMs + usualWindow.aheadSeconds * msPerSecond;
  return (
    (since === null || Date.parse(since) <= to) && (until === null || Date.parse(until) >= from)
  );
}
