import type { Event, EventKind, EventOf } from '@coroner/schema/event/event';
import { requested } from '@coroner/schema/request/requested';
import { hostItself } from '@coroner/schema/verdict/facts/host-itself';
import type {
  Connection,
  PidTrigger,
  Span,
  Triggers,
  UnitTrigger,
} from '../../store/deaths/affected-deaths.ts';
import type { EventRow } from '../../store/events/event-row.ts';
import { usualWindow } from '../../store/events/evidence-window.ts';
import { normalInstant, shifted } from '../decode/instant.ts';

/** Any death this close may be what the evidence is about: logs name threads, or nobody. */
const nearbyMs = 10_000;
/** As far as the rules look for these; what they look for by pid is found by pid. */
const reachMs: Partial<Record<EventKind, number>> = {
  'oom-kill': 15_000,
  'oom-daemon-kill': 30_000,
  logout: 120_000,
  request: 120_000,
  'audit-record': 120_000,
  'shell-command': 31_000,
  shutdown: 120_000,
  'memory-story': 60_000,
  'agent-stop': 120_000,
  'package-change': 60_000,
  privilege: 120_000,
  workload: 120_000,
};
const msPerSecond = 1000;
const unitReachMs = 120_000;
/** A login may be written down somewhat after what was done in it. */
const loginLagMs = 60_000;
/** PostgreSQL's integer; the kernel's are smaller. */
const largestPid = 2 ** 31 - 1;
/** Of what is counted, the agent tells at least this often. */
const missLagMs = 120_000;
/** A last sign of life is known to half a minute, a silence to a heartbeat. */
const hostLagMs = 120_000;
/** Who began a session or wrote a cron line stands behind all that comes of it, until now. */
const forEver = '9999-12-31T00:00:00.000000Z';

/** Kinds that never change a verdict, or only as background. */
const silentKinds: ReadonlySet<EventKind> = new Set<EventKind>([
  'death',
  'counts',
  'source-state',
  'cron-job',
  'cron-change',
  'login-failed',
  'boot',
  'ssh-client',
  'clock-step',
  'agent-start',
]);

/** Kinds that tell who stands behind a process, however much later it acts. */
const backgroundKinds: ReadonlySet<EventKind> = new Set<EventKind>([
  'login',
  'cron-run',
  'cron-job',
]);

/** Kinds that name the process which they are about, so that its neighbours need no second look. */
const exactKinds: ReadonlySet<EventKind> = new Set<EventKind>([
  'kill-syscall',
  'abnormal-end',
  'reported-end',
  'coredump',
  'process-accounting',
  'audit-record',
]);

/** Which deaths to judge again because of these events; overlapping spans of one host become one. */
export function triggersOf(rows: readonly EventRow[]): Triggers {
  const telling = rows.filter((row) => !silentKinds.has(row.kind));
  return {
    pids: [
      ...telling.flatMap(pidTrigger),
      ...rows.flatMap(missTriggers),
      ...rows.flatMap(hostTriggers),
    ],
    units: telling.flatMap(unitTrigger),
    spans: merged(
      telling
        .filter(({ kind }) => !exactKinds.has(kind) && !backgroundKinds.has(kind))
        .concat(telling.filter(({ body }) => isRequest(body)))
        .map(spanOf),
    ),
    origins: merged(rows.filter(({ kind }) => backgroundKinds.has(kind)).map(originSpan)),
    connections: connectionsOf(rows),
  };
}

/** An execve(2) on record in the audit log that asked some manager for an end. */
const isRequest = (body: Event): boolean =>
  body.kind === 'audit-record' &&
  body.types.includes('EXECVE') &&
  requested(body.cmdline ?? []) !== null;

/** What was opened on a host may be what somebody came through to another. */
export const connectionsOf = (rows: readonly EventRow[]): Connection[] =>
  rows.filter(({ kind }) => kind === 'ssh-client').map(({ host, at }) => ({ host, at }));

const originSpan = ({ host, at }: EventRow): Span => ({
  host,
  from: shifted(at, -loginLagMs),
  until: forEver,
});

function unitTrigger({ host, at, body }: EventRow): UnitTrigger[] {
  const unit = 'unit' in body ? body.unit : null;
  if (!unit) return [];
  return [{ host, unit, from: shifted(at, -unitReachMs), until: shifted(at, unitReachMs) }];
}

/** How a host ended is told by its next boot; it was noticed when it went silent. */
function hostTriggers({ host, at, body }: EventRow): PidTrigger[] {
  if (body.kind !== 'boot' || body.source !== 'agent') return [];
  const seenAt = body.previousSeenAt ? normalInstant(body.previousSeenAt) : at;
  return [{ host, pid: hostItself.pid, from: shifted(seenAt, -hostLagMs), until: at }];
}

/** Evidence counts from 10 min before a death to 1 min after it: seen from the evidence, the reverse. */
function pidTrigger({ host, pid, at }: EventRow): PidTrigger[] {
  if (pid === null) return [];
  const from = shifted(at, -usualWindow.aheadSeconds * msPerSecond);
  return [{ host, pid, from, until: shifted(at, usualWindow.backSeconds * msPerSecond) }];
}

/** Whoever was signalled in vain may have died meanwhile: the counts come a second later. */
function missTriggers({ host, at, body }: EventRow): PidTrigger[] {
  if (body.kind !== 'counts') return [];
  const pids = (body.nearMissesBy ?? []).map(({ target }) => target.pid);
  const targets = new Set(pids.filter((pid) => pid > 0 && pid <= largestPid));
  const [from, until] = [
    shifted(at, -missLagMs),
    shifted(at, usualWindow.backSeconds * msPerSecond),
  ];
  return [...targets].map((pid) => ({ host, pid, from, until }));
}

function spanOf({ host, at, kind, body }: EventRow): Span {
  if (body.kind === 'gap') return gapSpan(host, at, body);
  const span = body.kind === 'package-run' ? runSpan(body) : null;
  const reach = reachMs[kind] ?? nearbyMs;
  return {
    host,
    from: span?.since ? normalInstant(span.since) : shifted(at, -reach),
    until: span?.until ? normalInstant(span.until) : shifted(at, reach),
  };
}

/** Somewhat more than its time: its ends are told by a clock of their own, or to the second. */
function gapSpan(host: string, at: string, { of, since, until }: EventOf<'gap'>): Span {
  // The probe counts what it loses on the clock of its deaths; in a storm, every second.
  const reach = of === 'probe' ? 0 : nearbyMs;
  return {
    host,
    from: shifted(since ? normalInstant(since) : at, -reach),
    until: shifted(until ? normalInstant(until) : at, reach),
  };
}

const runSpan = ({ startedAt, endedAt }: EventOf<'package-run'>) => ({
  since: startedAt,
  until: endedAt,
});

function merged(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => compare(a.host, b.host) || compare(a.from, b.from));
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last && last.host === span.host && span.from <= last.until) {
      if (span.until > last.until) last.until = span.until;
    } else result.push({ ...span });
  }
  return result;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
