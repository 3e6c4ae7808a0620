import type { EventOf } from '@coroner/schema/event/event';
import { events } from '@coroner/schema/tables/events';
import { and, desc, eq, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Pool, Queryable } from '../database.ts';
import { after, builder, equals, type Position, since, until } from '../lists/drizzle.ts';

/** One record of a login; a login leaves several. */
export interface LoginRecord {
  id: string;
  host: string;
  at: string;
  event: EventOf<'login'>;
}

export interface LoginFilter {
  host?: string | undefined;
  user?: string | undefined;
  from?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** PAM opens a session for these too; nobody logs in. */
const notLogins = [
  ...['cron', 'crond', 'CRON', 'atd', 'anacron', 'sudo', 'sudo-i', 'su', 'su-l', 'runuser'],
  ...['runuser-l', 'systemd-user', 'polkit-1', 'pkexec'],
];

/** Records of logins, newest first, from `position` on. */
export function listLogins(
  pool: Pool,
  filter: LoginFilter,
  position: Position | null,
  most: number,
): Promise<LoginRecord[]> {
  const condition = and(
    // In the words of the partial indexes.
    sql`kind = 'login'`,
    equals(events.host, filter.host),
    filter.from === undefined ? undefined : eq(fact('from'), filter.from),
    notInArray(sql`coalesce(${fact('service')}, '')`, notLogins),
    since(events.at, filter.since),
    until(events.at, filter.until),
    after(events.at, events.id, position),
  );
  return builder(pool)
    .select({
      id: events.id,
      host: events.host,
      at: events.at,
      event: sql<EventOf<'login'>>`${events.body}`,
    })
    .from(events)
    .where(filter.user === undefined ? condition : newestOfUser(filter.user, condition, most))
    .orderBy(desc(events.at), desc(events.id))
    .limit(most);
}

const fact = (name: string): SQL => sql`${events.body} ->> ${sql.raw(`'${name}'`)}`;

/** Each fact by its own index, for a user who is rare: as in lists/deaths-found-by.ts. */
function newestOfUser(user: string, more: SQL | undefined, most: number): SQL {
  const newest = (name: string) => sql`(select ${events.id} from ${events}
    where ${and(more, sql`${fact(name)} between ${user} and ${user}`)}
    order by ${fact(name)}, ${events.at} desc, ${events.id} desc limit ${most}::integer)`;
  return sql`${events.id} = any(array(${newest('user')} union all ${newest('auditUser')}))`;
}

/** What an end is looked for by. */
export interface Opened {
  id: string;
  host: string;
  start: string;
  user: string | null;
  /** Such as `pts/2`; null where it is no terminal of one session alone (`ssh`). */
  tty: string | null;
  sessionId: string | null;
  pids: readonly number[];
}

export interface Ended {
  id: string;
  at: string;
  kind: 'logout' | 'boot' | 'shutdown' | 'login';
}

/** An end is not looked for beyond that: of an open session all later logouts would be read. */
const longestDays = 60;
const terminal = `replace(x.body ->> 'tty', '/dev/', '')`;

/**
 * The first event after each login that ends it: a logout of its process, session or terminal, the
 * end of the host, or a later login on the same terminal.
 */
export async function endsOf(on: Queryable, opened: readonly Opened[]): Promise<Ended[]> {
  if (opened.length === 0) return [];
  const { rows } = await on.query<Ended>({
    name: 'ends-of-logins',
    text: `
      select o.id, e.at, e.kind
      from jsonb_to_recordset($1::jsonb) as o(
        id text, host text, start timestamptz, "user" text, tty text, "sessionId" text, pids jsonb)
      cross join lateral (
        select at, kind from (
          (select at, kind, 0 as rank from events x
           where x.host = o.host and x.kind = 'logout' and x.kind <> 'death' and x.at >= o.start
             and x.at <= o.start + interval '${longestDays} days'
             and (x.body ->> 'user' is null or o."user" is null or x.body ->> 'user' = o."user")
             and (x.body ->> 'session' = o."sessionId"
               or o.pids @> (x.body -> 'pid')
               or (${terminal} = o.tty and x.at > o.start))
           order by at limit 1)
          union all
          (select at, kind, 1 from events x
           where x.host = o.host and x.kind = 'shutdown' and x.kind <> 'death' and x.at > o.start
           order by at limit 1)
          union all
          (select at, kind, 2 from events x
           where x.host = o.host and x.kind = 'boot' and x.kind <> 'death' and x.at > o.start
           order by at limit 1)
          union all
          (select at, kind, 3 from events x
           where x.host = o.host and x.kind = 'login' and x.kind <> 'death'
             and x.at > o.start + interval '10 seconds'
             and x.at <= o.start + interval '${longestDays} days' and ${terminal} = o.tty
           order by at limit 1)
        ) first order by at, rank limit 1) e`,
    values: [JSON.stringify(opened)],
  });
  return rows;
}
