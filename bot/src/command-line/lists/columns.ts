import type { CronJob } from '@coroner/schema/http/cron-jobs';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { Session } from '@coroner/schema/http/logins';
import type { DeathRow, HostRow } from '@coroner/schema/http/pages';
import type { TimelineItem } from '@coroner/schema/http/timeline';
import { localTime } from '../../terminal/plain-words.ts';
import type { Paper } from '../../terminal/print-reply.ts';
import type { Column } from './table.ts';

const timeWidth = 32;

const time =
  <Item>(of: (item: Item) => string | null) =>
  (item: Item, paper: Paper): string | null => {
    const at = of(item);
    return at === null ? null : localTime(at, paper.timezone);
  };

export const deathColumns: Column<DeathRow>[] = [
  { head: 'DIED', of: time((death) => death.diedAt), most: timeWidth },
  { head: 'HOST', of: (death) => death.host },
  { head: 'PROCESS', of: (death) => death.comm },
  { head: 'PID', of: (death) => (death.pid === 0 ? null : String(death.pid)) },
  { head: 'USER', of: (death) => death.user },
  { head: 'CAUSE', of: (death) => death.cause },
  { head: 'HOW SURE', of: (death) => death.confidence },
  { head: 'WHY', of: (death) => death.summary },
];

export const incidentColumns: Column<IncidentRow>[] = [
  { head: 'LAST', of: time((incident) => incident.lastAt), most: timeWidth },
  { head: 'DEATHS', of: (incident) => String(incident.deaths) },
  {
    head: 'HOSTS',
    of: ({ hosts: [one, ...more] }) => `${one}${more.length ? ` +${more.length}` : ''}`,
  },
  { head: 'ID', of: (incident) => incident.id, most: 32 },
  { head: 'WHAT', of: (incident) => incident.title },
];

export const hostColumns: Column<HostRow>[] = [
  { head: 'HOST', of: (host) => host.host, most: 40 },
  { head: 'STATE', of: (host) => (host.silent ? 'silent' : 'heard') },
  { head: 'LAST SEEN', of: time((host) => host.lastSeenAt), most: timeWidth },
  { head: 'KERNEL', of: (host) => host.kernel },
  { head: 'AGENT', of: (host) => host.agent },
  {
    head: 'BLIND SPOTS',
    of: ({ sources }) =>
      sources
        .filter(({ state }) => state === 'missing' || state === 'degraded')
        .map(({ source, state }) => (state === 'missing' ? source : `${source} (degraded)`))
        .join(', '),
  },
];

export const timelineColumns: Column<TimelineItem>[] = [
  { head: 'TIME', of: time((item) => item.at), most: timeWidth },
  { head: 'HOST', of: (item) => item.host },
  { head: 'KIND', of: (item) => item.verdict?.cause ?? item.kind },
  { head: 'WHAT', of: (item) => item.text },
];

export const loginColumns: Column<Session>[] = [
  { head: 'SINCE', of: time((session) => session.start), most: timeWidth },
  {
    head: 'UNTIL',
    of: (session, paper) =>
      session.end === null ? 'still open' : localTime(session.end, paper.timezone),
    most: timeWidth,
  },
  { head: 'HOST', of: (session) => session.host },
  { head: 'USER', of: (session) => session.user },
  { head: 'TTY', of: (session) => session.tty },
  { head: 'FROM', of: (session) => session.from, most: 40 },
  { head: 'ENDED BY', of: (session) => session.endedBy },
];

export const cronColumns: Column<CronJob>[] = [
  { head: 'NEXT RUN', of: time((job) => job.nextRun), most: timeWidth },
  { head: 'HOST', of: (job) => job.host },
  { head: 'USER', of: (job) => job.user },
  { head: 'SCHEDULE', of: (job) => job.schedule },
  { head: 'LINE', of: (job) => `${job.file}:${job.line}`, most: 40 },
  { head: 'COMMAND', of: (job) => job.command },
];
