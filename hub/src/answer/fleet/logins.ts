import type { Session, SessionPage } from '@coroner/schema/http/logins';
import {
  type Login,
  type LoginRecord,
  loginsOf,
  sameLoginWithinMs,
} from '../../correlate/sessions.ts';
import type { Pool } from '../../store/database.ts';
import { type Ended, endsOf, type LoginFilter, listLogins } from '../../store/fleet/list-logins.ts';
import type { Position } from '../../store/lists/drizzle.ts';
import { cursorAfter } from '../cursor.ts';

export type LoginQuery = LoginFilter & {
  /** Only sessions that were open then. */
  at?: string | undefined;
  limit: number;
};

/** A login leaves up to five records. */
const recordsEach = 5;
const recordsMore = 100;
const mostRounds = 20;
/** A session that has no end on record is taken for open no longer than this. */
const longestSessionMs = 30 * 24 * 3_600_000;
/** Behind every id at the same instant. */
const afterAllIds = '\uffff';

/** Sessions by their start, newest first, from behind `position` on. */
export async function sessionPage(
  pool: Pool,
  { at, limit, ...filter }: LoginQuery,
  position: Position | null,
): Promise<SessionPage> {
  const bounded = at === undefined ? filter : boundedBy(filter, at);
  const items: Session[] = [];
  let behind = position;
  for (let round = 0; round < mostRounds; round += 1) {
    const { logins, more } = await loginsBehind(pool, bounded, behind, limit);
    const ends = new Map((await endsOf(pool, logins)).map((end) => [end.id, end]));
    for (const login of logins) {
      const session = sessionOf(login, ends.get(login.id));
      if (at === undefined || session.end === null || session.end > at) items.push(session);
      if (items.length === limit) return { items, next: cursorAfter(session.start, session.id) };
    }
    const last = logins.at(-1);
    if (!more || !last) return { items, next: null };
    behind = { at: last.start, id: last.id };
  }
  return { items, next: behind && cursorAfter(behind.at, behind.id) };
}

/** Whole logins that began before `position`; those at the far end may lack records, and wait. */
async function loginsBehind(
  pool: Pool,
  filter: LoginFilter,
  position: Position | null,
  limit: number,
): Promise<{ logins: Login[]; more: boolean }> {
  const most = limit * recordsEach + recordsMore;
  const records: LoginRecord[] = await listLogins(pool, filter, position && late(position), most);
  const more = records.length === most;
  const all = loginsOf(records).filter((login) => !position || isBehind(login, position));
  if (!more) return { logins: all, more };
  const oldestMs = Date.parse(records.at(-1)?.at ?? '');
  const whole = all.filter((login) => Date.parse(login.start) > oldestMs + sameLoginWithinMs);
  return { logins: whole.length > 0 ? whole : all, more };
}

/** Records of a login may be this much later than its start. */
const late = ({ at }: Position): Position => ({
  at: new Date(Date.parse(at) + sameLoginWithinMs).toISOString(),
  id: afterAllIds,
});

const isBehind = ({ start, id }: Login, position: Position): boolean =>
  start < position.at || (start === position.at && id < position.id);

function boundedBy(filter: LoginFilter, at: string): LoginFilter {
  const earliest = new Date(Date.parse(at) - longestSessionMs).toISOString();
  return {
    ...filter,
    since: filter.since !== undefined && filter.since > earliest ? filter.since : earliest,
    until: filter.until !== undefined && filter.until < at ? filter.until : at,
  };
}

const endWords = {
  logout: 'logout',
  boot: 'boot',
  shutdown: 'shutdown',
  login: 'terminal-reused',
} as const;

function sessionOf({ pids, ports: _, ...login }: Login, end: Ended | undefined): Session {
  return {
    ...login,
    pid: pids[0] ?? null,
    end: end?.at ?? null,
    open: end === undefined,
    endedBy: end ? endWords[end.kind] : null,
  };
}
