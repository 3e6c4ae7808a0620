import { CronNextPage, CronNextRun } from '@coroner/schema/http/cron-next';
import { cronNextFilter } from '@coroner/schema/http/parameters';
import { readCursor } from '../../answer/cursor.ts';
import { cronNextPage, type DuePosition } from '../../answer/fleet/cron-next.ts';
import { meantHost } from '../../answer/names/meant-host.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { listRoute } from '../lists/list-route.ts';
import { wrongCursor } from '../problems/cursor.ts';
import { ProblemError } from '../problems/problem.ts';

const dayMs = 86_400_000;
const longestDays = 366;
const largestLine = 2 ** 31 - 1;

/** What cron, at and timers will run, on all hosts, in the order in which it runs. */
export function cronNextRoute(app: Api, { pool }: ApiDependencies): void {
  listRoute(app, {
    ...sensitive,
    path: '/v1/cron-next',
    summary: 'Which jobs run next, on which hosts, in order of time',
    filter: cronNextFilter,
    item: CronNextRun,
    page: CronNextPage,
    read: async ({ cursor, process, host, user, limit, ...span }) => {
      const behind = cursor === undefined ? null : placeOf(cursor);
      const since = span.since ?? new Date().toISOString();
      const until =
        behind?.until ?? span.until ?? new Date(Date.parse(since) + dayMs).toISOString();
      if (!behind) check(since, until);
      const filter = { host: await meantHost(pool, host), user, command: process };
      return cronNextPage(pool, { ...filter, since, until, limit }, behind?.position ?? null);
    },
  });
}

function check(since: string, until: string): void {
  const lengthMs = Date.parse(until) - Date.parse(since);
  const wrong =
    lengthMs < 0
      ? 'since lies after until'
      : lengthMs > longestDays * dayMs
        ? `at most ${longestDays} days are looked ahead`
        : null;
  if (wrong) throw new ProblemError('bad-request', wrong, { field: 'since' });
}

function placeOf(cursor: string): { until: string; position: DuePosition } {
  const [at = '', until = '', host = '', file = '', line = ''] = readCursor(cursor, 5) ?? [];
  const number = Number(line);
  if (!isTime(at) || !isTime(until) || !/^\d{1,10}$/.test(line) || number > largestLine)
    throw wrongCursor();
  check(at, until);
  return { until, position: { at, host, file, line: number } };
}

const isTime = (text: string): boolean =>
  /^(?:19[7-9]\d|2[01]\d\d)-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) &&
  !Number.isNaN(Date.parse(text));
