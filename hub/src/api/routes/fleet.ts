import { CronJob, CronJobPage } from '@coroner/schema/http/cron-jobs';
import { CronRun, CronRunPage } from '@coroner/schema/http/cron-runs';
import { Session, SessionPage } from '@coroner/schema/http/logins';
import {
  cronJobsFilter,
  cronRunsFilter,
  HostParameter,
  loginsFilter,
  StatsParameters,
  timelineFilter,
} from '@coroner/schema/http/parameters';
import { bucketSeconds, Stats } from '@coroner/schema/http/stats';
import { TimelineItem, TimelinePage } from '@coroner/schema/http/timeline';
import type { z } from 'zod';
import { readCursor } from '../../answer/cursor.ts';
import { cronJobPage } from '../../answer/fleet/cron-jobs.ts';
import { cronRunPage } from '../../answer/fleet/cron-runs.ts';
import { sessionPage } from '../../answer/fleet/logins.ts';
import { bucketsIn, fittingBucket, mostBuckets, stats } from '../../answer/fleet/stats.ts';
import { timelinePage } from '../../answer/fleet/timeline.ts';
import { meantHost } from '../../answer/names/meant-host.ts';
import { spellings } from '../../answer/names/spellings.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { listRoute } from '../lists/list-route.ts';
import { positionOf, wrongCursor } from '../problems/cursor.ts';
import { ProblemError } from '../problems/problem.ts';
import { usualProblems } from '../problems/responses.ts';

const dayMs = 86_400_000;
const largestLine = 2 ** 31 - 1;

/** What happened on hosts, who was there, what cron will do, and how often what died. */
export function fleetRoutes(app: Api, { pool }: ApiDependencies): void {
  listRoute(app, {
    ...sensitive,
    path: '/v1/hosts/:host/timeline',
    summary: 'What happened on a host, in the order of time',
    params: HostParameter,
    filter: timelineFilter,
    item: TimelineItem,
    page: TimelinePage,
    read: async ({ cursor, process, order, ...filter }, { params }) => {
      const names = process === undefined ? undefined : spellings(process);
      const { host } = params as z.output<typeof HostParameter>;
      return timelinePage(pool, { ...filter, hosts: [host], names }, order, positionOf(cursor));
    },
  });
  listRoute(app, {
    ...sensitive,
    path: '/v1/logins',
    summary: 'Who was logged in where, from where, from when to when; newest first',
    filter: loginsFilter,
    item: Session,
    page: SessionPage,
    read: ({ cursor, ...query }) => sessionPage(pool, query, positionOf(cursor)),
  });
  listRoute(app, {
    ...sensitive,
    path: '/v1/cron-jobs',
    summary: 'Lines of crontabs with their next runs, by host, file and line',
    filter: cronJobsFilter,
    item: CronJob,
    page: CronJobPage,
    read: async ({ cursor, process, ...query }) =>
      cronJobPage(pool, { ...query, command: process }, cronPosition(cursor), new Date()),
  });
  listRoute(app, {
    ...sensitive,
    path: '/v1/cron-runs',
    summary: 'Which jobs cron ran on which hosts, as whom, and how they ended; newest first',
    filter: cronRunsFilter,
    item: CronRun,
    page: CronRunPage,
    read: async ({ cursor, process, host, ...query }) =>
      cronRunPage(
        pool,
        { ...query, host: await meantHost(pool, host), command: process },
        positionOf(cursor),
      ),
  });
  app.get(
    '/v1/stats',
    {
      schema: {
        summary: 'Deaths over time, by cause, and the most frequent victims, hosts and users',
        querystring: StatsParameters,
        response: { 200: Stats, ...usualProblems },
      },
    },
    ({ query: { top, bucket, process, ...query } }) => {
      const until = query.until ?? new Date().toISOString();
      const since = query.since ?? new Date(Date.parse(until) - dayMs).toISOString();
      if (since > until)
        throw new ProblemError('bad-request', 'since lies after until', { field: 'since' });
      if (bucketsIn(since, until, bucket ?? fittingBucket(since, until)) > mostBuckets)
        throw new ProblemError(
          'bad-request',
          `more than ${mostBuckets} buckets: take a wider one of ${Object.keys(bucketSeconds).join(', ')}`,
          { field: 'bucket' },
        );
      const names = process === undefined ? undefined : spellings(process);
      return stats(pool, { filter: { ...query, names, since, until }, bucket, top });
    },
  );
}

function cronPosition(cursor: string | undefined) {
  if (cursor === undefined) return null;
  const [host, file, line] = readCursor(cursor, 3) ?? [];
  if (host === undefined || file === undefined || !/^\d{1,10}$/.test(line ?? ''))
    throw wrongCursor();
  const number = Number(line);
  if (number > largestLine) throw wrongCursor();
  return { host, file, line: number };
}
