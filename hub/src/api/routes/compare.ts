import { ComparedPage, ComparedRow, type ComparedWith } from '@coroner/schema/http/compare';
import { compareFilter } from '@coroner/schema/http/parameters';
import { comparedPage, type Period } from '../../answer/compare/compare.ts';
import { readCursor } from '../../answer/cursor.ts';
import { meantHost } from '../../answer/names/meant-host.ts';
import { spellings } from '../../answer/names/spellings.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { listRoute } from '../lists/list-route.ts';
import { wrongCursor } from '../problems/cursor.ts';
import { ProblemError } from '../problems/problem.ts';

const dayMs = 86_400_000;
const longestDays = 92;

/** What is different: deaths of two periods by cause, host, program and who did it. */
export function compareRoute(app: Api, { pool }: ApiDependencies): void {
  listRoute(app, {
    ...sensitive,
    path: '/v1/compare',
    summary: 'Two periods: what is new, what is gone, and what changed most',
    filter: compareFilter,
    item: ComparedRow,
    page: ComparedPage,
    read: async ({ cursor, process, host, cause, user, by, limit, ...times }) => {
      const behind = cursor === undefined ? null : readCursor(cursor, 3);
      if (cursor !== undefined && !behind) throw wrongCursor();
      const [place = null, since, until] = behind ?? [];
      if (behind && !(isTime(since) && isTime(until))) throw wrongCursor();
      const period = since && until ? { since, until } : periodOf(times.since, times.until);
      const names = process === undefined ? undefined : spellings(process);
      const filter = { host: await meantHost(pool, host), names, cause, user };
      const before = beforeOf(period, times);
      return comparedPage(pool, { filter, period, before, by, limit }, place);
    },
  });
}

const isTime = (text: string | undefined): text is string =>
  /^(?:19[7-9]\d|2[01]\d\d)-\d\d-\d\dT[\d:.]+Z$/.test(text ?? '') &&
  !Number.isNaN(Date.parse(text ?? ''));

function periodOf(since: string | undefined, until = new Date().toISOString()): Period {
  const period = { since: since ?? earlier(until, dayMs), until };
  return checked(period, 'since');
}

interface Before {
  with?: ComparedWith | undefined;
  since2?: string | undefined;
  until2?: string | undefined;
}

function beforeOf(period: Period, { with: how, since2, until2 }: Before): Period {
  if (since2 === undefined && until2 === undefined) {
    const lengthMs = Date.parse(period.until) - Date.parse(period.since);
    const byMs = { previous: lengthMs, 'day-before': dayMs, 'week-before': 7 * dayMs };
    const ms = byMs[how ?? 'previous'];
    return { since: earlier(period.since, ms), until: earlier(period.until, ms) };
  }
  if (how !== undefined)
    throw new ProblemError('bad-request', 'take either with, or since2 and until2', {
      field: 'with',
    });
  if (since2 === undefined || until2 === undefined)
    throw new ProblemError('bad-request', 'a period has since2 and until2', {
      field: since2 === undefined ? 'since2' : 'until2',
    });
  return checked({ since: since2, until: until2 }, 'since2');
}

function checked(period: Period, field: 'since' | 'since2'): Period {
  const lengthMs = Date.parse(period.until) - Date.parse(period.since);
  if (lengthMs <= 0)
    throw new ProblemError('bad-request', `${field} lies not before its end`, { field });
  if (lengthMs > longestDays * dayMs)
    throw new ProblemError('bad-request', `a period is of at most ${longestDays} days`, { field });
  return period;
}

const earlier = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString();
