import type { Event, EventKind } from '@coroner/schema/event/event';
import type { TimelineItem } from '@coroner/schema/http/timeline';
import { deaths } from '@coroner/schema/tables/deaths';
import { events } from '@coroner/schema/tables/events';
import { eventInWords } from '@coroner/schema/verdict/compose/event-in-words';
import { and, asc, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Pool } from '../database.ts';
import {
  after,
  afterAscending,
  builder,
  equals,
  namedOneOf,
  ofUser,
  type Position,
  since,
  until,
} from '../lists/drizzle.ts';

/** What belongs on a timeline; counts as such, states of sources and raw audit records do not. */
const kinds: readonly EventKind[] = [
  'death',
  'login',
  'logout',
  'login-failed',
  'privilege',
  'shell-command',
  'cron-run',
  'cron-change',
  'oom-kill',
  'oom-daemon-kill',
  'crash',
  'coredump',
  'abnormal-end',
  'reported-end',
  'memory-failure',
  'kernel-panic',
  'sysrq',
  'unit',
  'workload',
  'gap',
  'boot',
  'shutdown',
  'memory-story',
  'package-change',
  'package-run',
  'clock-step',
  'agent-start',
  'agent-stop',
];

export interface TimelineFilter {
  hosts: readonly string[];
  /** Names that a process, or a unit, may have. */
  names?: readonly string[] | undefined;
  kind?: string | undefined;
  cause?: NonNullable<TimelineItem['verdict']>['cause'] | undefined;
  user?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  limit: number;
}

/** What happened on hosts, in the order of time, from `position` on. */
export async function listTimeline(
  pool: Pool,
  filter: TimelineFilter,
  order: 'asc' | 'desc',
  position: Position | null,
): Promise<TimelineItem[]> {
  const direction = order === 'asc' ? asc : desc;
  const rows = await builder(pool)
    .select({
      id: events.id,
      host: events.host,
      at: events.at,
      kind: events.kind,
      source: events.source,
      body: events.body,
      pid: events.pid,
      comm: events.comm,
      cause: deaths.cause,
      confidence: deaths.confidence,
      summary: deaths.summary,
      incidentId: deaths.incidentId,
      userName: deaths.userName,
    })
    .from(events)
    .leftJoin(deaths, eq(deaths.id, events.id))
    .where(
      and(
        filter.hosts.length === 1
          ? equals(events.host, filter.hosts[0])
          : inArray(events.host, [...filter.hosts]),
        or(inArray(events.kind, [...kinds]), isSignalInVain, isRequest),
        equals(events.kind, filter.kind),
        equals(deaths.cause, filter.cause),
        filter.names && about(filter.names),
        filter.user === undefined ? undefined : byUser(filter.user),
        since(events.at, filter.since),
        until(events.at, filter.until),
        (order === 'asc' ? afterAscending : after)(events.at, events.id, position),
      ),
    )
    .orderBy(direction(events.at), direction(events.id))
    .limit(filter.limit);
  return rows.map(({ body, cause, confidence, summary, incidentId, userName, ...row }) => ({
    ...row,
    text: summary ?? eventInWords(body as Event),
    user: userName ?? (body as { user?: string | null }).user ?? null,
    verdict: cause && confidence ? { cause, confidence, incidentId } : null,
  }));
}

/** What came to nothing stands there too: calls that failed, and signals that were ignored. */
const isSignalInVain = or(
  and(eq(events.kind, 'kill-syscall'), eq(sql`${events.body} ->> 'success'`, 'false')),
  and(eq(events.kind, 'counts'), sql`jsonb_exists(${events.body}, 'nearMissesBy')`),
);

/** A request is told again when it has ended. */
const isRequest = and(eq(events.kind, 'request'), sql`not jsonb_exists(${events.body}, 'endedUs')`);

const about = (names: readonly string[]): SQL | undefined =>
  or(
    inArray(events.comm, [...names]),
    inArray(sql`${events.body} ->> 'unit'`, [...names]),
    namedOneOf(names),
  );

const byUser = (user: string): SQL | undefined =>
  or(
    eq(sql`${events.body} ->> 'user'`, user),
    eq(sql`${events.body} ->> 'asUser'`, user),
    eq(sql`${events.body} #>> '{by,user}'`, user),
    eq(sql`${events.body} #>> '{by,auditUser}'`, user),
    ofUser(user),
  );
