import type { AskedAt, When } from '../../question/question.ts';
import { findTime } from '../../question/time/find-time.ts';

/** The options of the lists, as they were typed. */
export interface ListOptions {
  host?: string;
  label?: string;
  process?: string;
  cause?: string;
  user?: string;
  state?: string;
  from?: string;
  kind?: string;
  at?: string;
  since?: string;
  until?: string;
  since2?: string;
  until2?: string;
  with?: string;
  by?: string;
  limit: string;
  follow?: boolean;
  json?: boolean;
  next?: boolean;
}

const mostItems = 100_000;

/** The hub's parameters, times as instants. Throws an Error whose message names the option that is wrong. */
export function filtersOf(options: ListOptions, asked: AskedAt): Record<string, string> {
  const { json: _json, limit: _limit, next: _next, follow: _follow, at, ...rest } = options;
  const { since, until, since2, until2, ...names } = rest;
  const filters = Object.fromEntries(
    Object.entries(names).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  if (since !== undefined) filters['since'] = instantOf('--since', since, asked, 'from');
  if (until !== undefined) filters['until'] = instantOf('--until', until, asked, 'until');
  if (since2 !== undefined) filters['since2'] = instantOf('--since2', since2, asked, 'from');
  if (until2 !== undefined) filters['until2'] = instantOf('--until2', until2, asked, 'until');
  if (at !== undefined) filters['at'] = instantOf('--at', at, asked, 'at');
  return filters;
}

export function limitOf({ limit }: Pick<ListOptions, 'limit'>): number {
  const number = Number(limit);
  if (!Number.isInteger(number) || number < 1 || number > mostItems)
    throw new Error(`--limit must be a whole number from 1 to ${mostItems}, not "${limit}"`);
  return number;
}

const dayMs = 20 * 3_600_000;

/** A day or a night has a beginning and an end; "2 hours ago" and "03:12" are moments. */
function isSpan(text: string, { from, until }: When): boolean {
  if (Date.parse(until) - Date.parse(from) >= dayMs) return true;
  return !/\d|\bago\b|\bnow\b/i.test(text);
}

const minuteMs = 60_000;
const unitMs = (unit: string | undefined): number =>
  unit === 'day' ? 1_440 * minuteMs : unit === 'hour' ? 60 * minuteMs : minuteMs;

/** "yesterday" since means from its beginning, until means to its end. */
export function instantOf(
  option: string,
  text: string,
  asked: AskedAt,
  end: 'at' | 'from' | 'until',
): string {
  const iso = /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text) : null;
  if (iso && !Number.isNaN(iso.getTime())) return iso.toISOString();
  const ahead = /^in (\d{1,4}) (minute|hour|day)s?$/.exec(text.trim());
  if (ahead)
    return new Date(asked.now.getTime() + Number(ahead[1]) * unitMs(ahead[2])).toISOString();
  const when = findTime(text, asked)?.when;
  if (when) return new Date(isSpan(text, when) ? when[end] : when.at).toISOString();
  throw new Error(
    `${option} "${text}" is no time that I understand: try "yesterday", "2 hours ago", "03:12" or 2026-11-23T03:12:00Z`,
  );
}
