import { knownCounts } from '@coroner/schema/compared';
import type { ComparedRow } from '@coroner/schema/http/compare';
import type { CronJob } from '@coroner/schema/http/cron-jobs';
import type { CronNextRun } from '@coroner/schema/http/cron-next';
import type { CronRun } from '@coroner/schema/http/cron-runs';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { Session } from '@coroner/schema/http/logins';
import type { DeathRow, HostRow } from '@coroner/schema/http/pages';
import type { TimelineItem } from '@coroner/schema/http/timeline';
import { printable } from '@coroner/schema/verdict/words/printable';
import { localTime } from '../../terminal/plain-words.ts';
import type { Paper } from '../../terminal/print-reply.ts';
import type { Column } from './table.ts';

const time =
  <Item>(of: (item: Item) => string | null) =>
  (item: Item, paper: Paper): string | null => {
    const at = of(item);
    return at === null ? null : dateAndTime(at, paper);
  };

/** On a terminal without the zone, which is the reader's own; a file should say which it is. */
function dateAndTime(at: string, paper: Paper): string {
  const text = localTime(at, paper.timezone);
  return paper.width === Number.MAX_SAFE_INTEGER
    ? text
    : text.slice(0, 'YYYY-MM-DD hh:mm:ss'.length);
}

/** The verdict's sentence without what the other columns say. */
function why({ summary, host, expected }: DeathRow): string {
  const end = `) on ${printable(host)} `;
  const at = summary.indexOf(end);
  const said = at < 0 ? summary : summary.slice(at + end.length);
  return expected ? `(expected: ${expected.reason}) ${said}` : said;
}

export const deathColumns: Column<DeathRow>[] = [
  { head: 'DIED', of: time((death) => death.diedAt) },
  { head: 'HOST', of: (death) => death.host },
  { head: 'PROCESS', of: (death) => death.comm, most: 16 },
  { head: 'PID', of: (death) => (death.pid === 0 ? null : String(death.pid)) },
  { head: 'HOW SURE', of: (death) => death.confidence },
  { head: 'WHY', of: why },
];

function standing({ state }: IncidentRow): string | null {
  if (!state) return null;
  const { status, action } = state;
  return status === 'acknowledged' && action ? `${status} by ${action.by.name}` : status;
}

export const incidentColumns: Column<IncidentRow>[] = [
  { head: 'ID', of: ({ id }) => id },
  { head: 'LAST', of: time((incident) => incident.lastAt) },
  { head: 'STATE', of: standing, most: 30 },
  { head: 'DEATHS', of: (incident) => String(incident.deaths) },
  { head: 'FIRST HOST', of: (incident) => incident.hosts[0] ?? null },
  { head: 'WHAT', of: (incident) => incident.title },
];

export const hostColumns: Column<HostRow>[] = [
  { head: 'HOST', of: (host) => host.host, most: 40 },
  {
    head: 'STATE',
    of: ({ state, lastSeenAt, silent }) =>
      state?.state ?? (lastSeenAt === null ? 'no agent' : silent ? 'silent' : 'heard'),
  },
  { head: 'LAST SEEN', of: time((host) => host.lastSeenAt) },
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
  { head: 'WHAT IS KNOWN', of: ({ state }) => state?.text ?? null },
];

export const timelineColumns: Column<TimelineItem>[] = [
  { head: 'TIME', of: time((item) => item.at) },
  { head: 'KIND', of: (item) => item.verdict?.cause ?? item.kind },
  { head: 'WHAT', of: (item) => item.text },
];

export const loginColumns: Column<Session>[] = [
  { head: 'SINCE', of: time((session) => session.start) },
  {
    head: 'UNTIL',
    of: (session, paper) => (session.end === null ? 'still open' : dateAndTime(session.end, paper)),
  },
  { head: 'HOST', of: (session) => session.host },
  { head: 'USER', of: (session) => session.user },
  { head: 'TTY', of: (session) => session.tty },
  { head: 'FROM', of: (session) => session.from, most: 40 },
  { head: 'ENDED BY', of: (session) => session.endedBy },
];

const unwatchedThen = {
  now: 'the later period was not watched throughout',
  before: 'the earlier period was not watched throughout',
  both: 'neither period was watched throughout',
} as const;

const blind = (unwatched: ComparedRow['unwatched']): string =>
  unwatched ? `not known: ${unwatchedThen[unwatched]}` : 'not known';

export const comparedColumns: Column<ComparedRow>[] = [
  { head: 'BY', of: ({ by }) => by },
  { head: 'NAME', of: ({ name }) => name, most: 60 },
  { head: 'BEFORE', of: (row) => knownCounts(row).before },
  { head: 'NOW', of: (row) => knownCounts(row).now },
  {
    head: 'CHANGE',
    of: ({ change, state }) =>
      state === 'not-known' ? null : change > 0 ? `+${change}` : String(change),
  },
  {
    head: 'WHAT',
    of: ({ state, unwatched }) => (state === 'not-known' ? blind(unwatched) : state),
  },
];

const hasEnded = ({ killed }: Pick<CronJob, 'killed'>): string | null =>
  killed ? `${killed.lastComm} (${killed.deaths} deaths)` : null;

export const cronColumns: Column<CronJob>[] = [
  { head: 'NEXT RUN', of: time((job) => job.nextRun) },
  { head: 'HOST', of: (job) => job.host },
  { head: 'USER', of: (job) => job.user },
  { head: 'SCHEDULE', of: (job) => job.schedule },
  { head: 'LINE', of: (job) => `${job.file}:${job.line}`, most: 40 },
  { head: 'HAS ENDED', of: hasEnded, most: 30 },
  { head: 'COMMAND', of: (job) => job.command },
];

export const cronNextColumns: Column<CronNextRun>[] = [
  { head: 'RUNS', of: time((run) => run.at) },
  {
    head: 'HOST',
    of: ({ host, hostSilent }) => (hostSilent ? `${host} (silent)` : host),
    most: 40,
  },
  { head: 'USER', of: (run) => run.user },
  { head: 'SCHEDULE', of: (run) => run.schedule },
  { head: 'LINE', of: (run) => `${run.file}:${run.line}`, most: 40 },
  { head: 'HAS ENDED', of: hasEnded, most: 30 },
  { head: 'COMMAND', of: (run) => run.command },
];

export const cronRunColumns: Column<CronRun>[] = [
  { head: 'RAN', of: time((run) => run.at) },
  { head: 'HOST', of: (run) => run.host },
  { head: 'USER', of: (run) => run.user },
  { head: 'LINE', of: ({ job }) => (job ? `${job.file}:${job.line}` : null), most: 40 },
  {
    head: 'ENDED',
    of: ({ end }) =>
      end && (end.signal ?? (end.exitCode === null ? end.cause : `exit ${end.exitCode}`)),
  },
  { head: 'COMMAND', of: (run) => run.command },
];
